import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.event.ruler.Machine;

/** Answers each line "set count" with seconds, processor seconds and hits of one pass. */
public class Ruler {
  public static void main(String[] given) throws Exception {
    Path folder = Path.of(given[0]);
    List<String> lines = Files.readAllLines(folder.resolve("events.ndjson"));
    byte[][] events = new byte[lines.size()][];
    for (int i = 0; i < events.length; i++) events[i] = lines.get(i).getBytes(StandardCharsets.UTF_8);
    Map<String, Machine> machines = new HashMap<>();
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (!machines.containsKey(line)) machines.put(line, machine(folder, line.split(" ")));
      Machine machine = machines.get(line);
      long start = System.nanoTime();
      long startOnProcessor = onProcessor();
      long hits = 0;
      for (byte[] event : events)
        hits += machine.rulesForJSONEvent(new String(event, StandardCharsets.UTF_8)).size();
      long used = onProcessor() - startOnProcessor;
      System.out.println((System.nanoTime() - start) / 1e9 + " " + used / 1e9 + " " + hits);
      System.out.flush();
    }
  }

  private static Machine machine(Path folder, String[] cell) throws Exception {
    List<String> patterns = Files.readAllLines(folder.resolve(cell[0] + ".ndjson"));
    Machine machine = Machine.builder().withStructuredMatching(true).build();
    for (int i = 0; i < Integer.parseInt(cell[1]); i++) machine.addRule("r" + i, patterns.get(i));
    return machine;
  }

  private static long onProcessor() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
