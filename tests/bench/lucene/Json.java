import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The JSON that generate writes: an object of strings and lists of strings on one line. */
final class Json {
  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /** Keys with their values; a string is a list of one. */
  static Map<String, List<String>> parse(String line) {
    Json json = new Json(line);
    Map<String, List<String>> fields = new HashMap<>();
    json.expect('{');
    do {
      String key = json.string();
      json.expect(':');
      fields.put(key, json.text.charAt(json.at) == '[' ? json.list() : List.of(json.string()));
    } while (json.skips(','));
    json.expect('}');
    return fields;
  }

  private void expect(char wanted) {
    if (!skips(wanted)) throw new IllegalArgumentException("no " + wanted + " at " + at);
  }

  private boolean skips(char wanted) {
    boolean found = text.charAt(at) == wanted;
    if (found) at++;
    return found;
  }

  private List<String> list() {
    List<String> values = new ArrayList<>();
    expect('[');
    if (skips(']')) return values;
    do values.add(string());
    while (skips(','));
    expect(']');
    return values;
  }

  private String string() {
    expect('"');
    StringBuilder value = new StringBuilder();
    for (;;) {
      int end = at;
      while (text.charAt(end) != '"' && text.charAt(end) != '\\') end++;
      value.append(text, at, end);
      at = end + 1;
      if (text.charAt(end) == '"') return value.toString();
      char escaped = text.charAt(at++);
      value.append(escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped);
    }
  }
}
