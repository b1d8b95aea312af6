// The HL7 Java validator over many files in one process: definitions are read once, nothing is fetched.
// Usage: java -Duser.home=<home with .fhir/packages> Validate <core package#version> <folder of definitions> <folder of messages>
// Writes one JSON object a line: the file, how long it took, and what was found.
import com.google.gson.Gson;
import java.io.File;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r5.elementmodel.Manager.FhirFormat;
import org.hl7.fhir.utilities.settings.FhirSettings;
import org.hl7.fhir.utilities.validation.ValidationMessage;
import org.hl7.fhir.validation.ValidationEngine;

public class Validate {
  public static void main(String[] args) throws Exception {
    PrintStream out = System.out;
    System.setOut(System.err); // the validator talks on standard output
    FhirSettings.setProhibitNetworkAccess(true);
    Gson gson = new Gson();

    long started = System.nanoTime();
    ValidationEngine engine =
        new ValidationEngine.ValidationEngineBuilder()
            .withVersion("3.0.2")
            .withNoTerminologyServer()
            .withCanRunWithoutTerminologyServer(true)
            .withThoVersion(null)
            .withExtensionsVersion(null)
            .fromSource(args[0]);
    engine.getIgLoader().loadIg(engine.getIgs(), engine.getBinaries(), args[1], true);
    engine.prepare();
    out.println(gson.toJson(Map.of("ready", millisSince(started))));

    File[] files = new File(args[2]).listFiles((folder, name) -> name.endsWith(".json") || name.endsWith(".xml"));
    Arrays.sort(files);
    for (File file : files) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("file", file.getName());
      FhirFormat format = file.getName().endsWith(".xml") ? FhirFormat.XML : FhirFormat.JSON;
      List<ValidationMessage> messages = new ArrayList<>();
      long from = System.nanoTime();
      try {
        engine.validate(Files.readAllBytes(file.toPath()), format, new ArrayList<>(), messages);
      } catch (Exception broken) {
        line.put("threw", String.valueOf(broken.getMessage()));
      }
      line.put("millis", millisSince(from));
      List<Map<String, Object>> issues = new ArrayList<>();
      for (ValidationMessage message : messages) {
        Map<String, Object> issue = new LinkedHashMap<>();
        issue.put("severity", message.getLevel().toCode());
        issue.put("id", message.getMessageId());
        issue.put("path", message.getLocation());
        issue.put("line", message.getLine());
        issue.put("message", message.getMessage());
        issues.add(issue);
      }
      line.put("issues", issues);
      out.println(gson.toJson(line));
    }
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }
}
