"""What LocalEmu does differently from AWS, corrected, so that no other code has to know the emulator."""
