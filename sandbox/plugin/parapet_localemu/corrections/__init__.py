"""One file per behaviour in which LocalEmu differs from AWS."""
