// The HL7 Java validator over many files in one process: definitions are read once, nothing is fetched from anywhere.
//
//   java -Duser.home=<home with .fhir/packages> Validate <core package#version> <folder of definitions> <folder of messages>
//
// XML is first rewritten as JSON beside it. Writes one JSON object a line: the file, how long it took, what was found.
import com.google.gson.Gson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r5.elementmodel.Element;
import org.hl7.fhir.r5.elementmodel.Manager;
import org.hl7.fhir.r5.elementmodel.Manager.FhirFormat;
import org.hl7.fhir.r5.formats.IParser.OutputStyle;
import org.hl7.fhir.utilities.settings.FhirSettings;
import org.hl7.fhir.utilities.validation.ValidationMessage;
import org.hl7.fhir.validation.ValidationEngine;

public class Validate {
  private static final Gson GSON = new Gson();

  public static void main(String[] args) throws Exception {
    PrintStream out = System.out;
    System.setOut(System.err); // the validator talks on standard output
    FhirSettings.setProhibitNetworkAccess(true);

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
    out.println(GSON.toJson(Map.of("ready", millisSince(started))));

    File folder = new File(args[2]);
    for (File file : filesOf(folder, ".xml")) rewrite(engine, file);
    for (File file : filesOf(folder, ".json")) out.println(GSON.toJson(judge(engine, file)));
  }

  private static File[] filesOf(File folder, String ending) {
    File[] files = folder.listFiles((in, name) -> name.endsWith(ending));
    Arrays.sort(files);
    return files;
  }

  private static void rewrite(ValidationEngine engine, File file) throws Exception {
    byte[] xml = Files.readAllBytes(file.toPath());
    Element element = Manager.parseSingle(engine.getContext(), new ByteArrayInputStream(xml), FhirFormat.XML);
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    Manager.compose(engine.getContext(), element, json, FhirFormat.JSON, OutputStyle.PRETTY, null);
    String name = file.getName().replaceFirst("xml$", "json");
    Files.write(file.toPath().resolveSibling(name), json.toByteArray());
  }

  private static Map<String, Object> judge(ValidationEngine engine, File file) throws Exception {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("file", file.getName());
    byte[] text = Files.readAllBytes(file.toPath());
    List<ValidationMessage> messages = new ArrayList<>();
    long from = System.nanoTime();
    try {
      engine.validate(text, FhirFormat.JSON, new ArrayList<>(), messages);
    } catch (Exception gaveUp) {
      result.put("gaveUp", String.valueOf(gaveUp.getMessage()));
    }
    result.put("millis", millisSince(from));
    List<Map<String, Object>> issues = new ArrayList<>();
    for (ValidationMessage message : messages) {
      Map<String, Object> issue = new LinkedHashMap<>();
      issue.put("severity", message.getLevel().toCode());
      issue.put("id", message.getMessageId());
      issue.put("path", message.getLocation());
      issue.put("message", message.getMessage());
      issues.add(issue);
    }
    result.put("issues", issues);
    return result;
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }
}
