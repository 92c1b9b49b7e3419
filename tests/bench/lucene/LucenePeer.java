import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.facet.FacetsCollector;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.facet.sortedset.DefaultSortedSetDocValuesReaderState;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetCounts;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetField;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesReaderState;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.spans.SpanNearQuery;
import org.apache.lucene.search.spans.SpanQuery;
import org.apache.lucene.search.spans.SpanTermQuery;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.store.FSDirectory;

/**
 * Lucene as a peer of the benchmark. Commands: build INDEX FILE, update INDEX FILE, query INDEX
 * QUERIES PASSES SECONDS, search INDEX QUERIES. QUERIES is what queries.py writes; the lines that
 * query prints are those of bench_queries.c.
 */
final class LucenePeer {
  private static final List<String> FACETS = List.of("country", "actor");
  private static final List<String> KEYWORDS =
      List.of("source", "lang", "country", "actor", "place", "event_type", "topic");
  private static final int HITS = 10, DISTANCE = 5;

  /** Words lower-cased and stemmed; every word is kept, as in the other engines. */
  private static final Analyzer ANALYZER =
      new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
          StandardTokenizer words = new StandardTokenizer();
          TokenStream stems = new EnglishPossessiveFilter(words);
          stems = new PorterStemFilter(new LowerCaseFilter(stems));
          return new TokenStreamComponents(words, stems);
        }
      };

  public static void main(String[] args) throws Exception {
    try (FSDirectory directory = FSDirectory.open(Path.of(args[1]))) {
      switch (args[0]) {
        case "build" -> write(directory, args[2], false);
        case "update" -> write(directory, args[2], true);
        case "query" -> new LucenePeer(directory).time(args);
        case "search" -> new LucenePeer(directory).search(args[2]);
        default -> throw new IllegalArgumentException(args[0]);
      }
    }
  }

  // ---- writing ----

  private static void write(FSDirectory directory, String file, boolean update) throws IOException {
    FacetsConfig facets = new FacetsConfig();
    for (String field : FACETS) facets.setMultiValued(field, true);
    IndexWriterConfig config = new IndexWriterConfig(ANALYZER);
    try (IndexWriter writer = new IndexWriter(directory, config);
        BufferedReader lines = Files.newBufferedReader(Path.of(file))) {
      for (String line; (line = lines.readLine()) != null; ) {
        Map<String, List<String>> article = Json.parse(line);
        Document document = facets.build(document(article));
        if (update) writer.updateDocument(new Term("id", article.get("id").get(0)), document);
        else writer.addDocument(document);
      }
    }
  }

  private static Document document(Map<String, List<String>> article) {
    Document document = new Document();
    String title = article.get("title").get(0);
    document.add(new StringField("id", article.get("id").get(0), Store.YES));
    document.add(new TextField("title", title, Store.YES));
    document.add(new TextField("text", title + "\n" + article.get("body").get(0), Store.YES));
    int date = day(article.get("date").get(0));
    document.add(new IntPoint("date", date));
    document.add(new NumericDocValuesField("date", date));
    document.add(new StoredField("date", date));
    for (String field : KEYWORDS)
      for (String value : article.get(field)) {
        document.add(new StringField(field, value, Store.YES));
        if (FACETS.contains(field)) document.add(new SortedSetDocValuesFacetField(field, value));
      }
    return document;
  }

  private static int day(String iso) {
    return Integer.parseInt(iso.replace("-", ""));
  }

  // ---- reading ----

  private final IndexSearcher searcher;
  private final UnifiedHighlighter highlighter;
  private SortedSetDocValuesReaderState state;

  private LucenePeer(FSDirectory directory) throws IOException {
    searcher = new IndexSearcher(DirectoryReader.open(directory));
    searcher.setQueryCache(null); // it would answer the second pass
    highlighter = new UnifiedHighlighter(searcher, ANALYZER);
  }

  private static String stem(String word) {
    try (TokenStream tokens = ANALYZER.tokenStream("text", word)) {
      tokens.reset();
      if (!tokens.incrementToken()) throw new IllegalArgumentException(word);
      return tokens.getAttribute(CharTermAttribute.class).toString();
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Query words(String operator, String[] words) {
    if (operator.equals("all")) return new MatchAllDocsQuery();
    if (operator.equals("prefix")) return new PrefixQuery(new Term("text", words[0]));
    String field = operator.equals("title") ? "title" : "text";
    Term[] terms = Arrays.stream(words).map(w -> new Term(field, stem(w))).toArray(Term[]::new);
    if (terms.length == 1) return new TermQuery(terms[0]);
    if (operator.equals("phrase")) {
      PhraseQuery.Builder phrase = new PhraseQuery.Builder();
      for (Term term : terms) phrase.add(term);
      return phrase.build();
    }
    if (operator.equals("near")) {
      SpanQuery[] spans = Arrays.stream(terms).map(SpanTermQuery::new).toArray(SpanQuery[]::new);
      return new SpanNearQuery(spans, DISTANCE - 1, false);
    }
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    for (Term term : terms)
      all.add(new TermQuery(term), operator.equals("or") ? Occur.SHOULD : Occur.MUST);
    return all.build();
  }

  /** Columns: kind, operator, words, field, value, since, until. */
  private static Query parse(String[] columns) {
    Query words = words(columns[1], columns[2].split(" "));
    if (columns[3].isEmpty() && columns[5].isEmpty()) return words;
    BooleanQuery.Builder narrowed = new BooleanQuery.Builder().add(words, Occur.MUST);
    if (!columns[3].isEmpty())
      narrowed.add(new TermQuery(new Term(columns[3], columns[4])), Occur.FILTER);
    if (!columns[5].isEmpty())
      narrowed.add(IntPoint.newRangeQuery("date", day(columns[5]), day(columns[6])), Occur.FILTER);
    return narrowed.build();
  }

  private TopDocs top(String[] columns, Query query) throws IOException {
    if (!columns[1].equals("all")) return searcher.search(query, HITS);
    return searcher.search(query, HITS, new Sort(new SortField("date", SortField.Type.INT, true)));
  }

  // ---- modes; each returns how much it found ----

  private interface Mode {
    /** Returns the time in milliseconds and what was found. */
    double[] ask(String[] columns) throws IOException;
  }

  private double[] askTop(String[] columns) throws IOException {
    long start = System.nanoTime();
    TopDocs top = top(columns, parse(columns));
    return new double[] {(System.nanoTime() - start) / 1e6, top.totalHits.value};
  }

  private double[] askCount(String[] columns) throws IOException {
    long start = System.nanoTime();
    int count = searcher.count(parse(columns));
    return new double[] {(System.nanoTime() - start) / 1e6, count};
  }

  private double[] askFacets(String[] columns) throws IOException {
    long start = System.nanoTime();
    FacetsCollector collector = new FacetsCollector();
    searcher.search(parse(columns), collector);
    SortedSetDocValuesFacetCounts counts = new SortedSetDocValuesFacetCounts(state, collector);
    for (String field : FACETS) counts.getTopChildren(HITS, field);
    double time = (System.nanoTime() - start) / 1e6;
    return new double[] {
      time, collector.getMatchingDocs().stream().mapToInt(segment -> segment.totalHits).sum()
    };
  }

  private double[] askSnippets(String[] columns) throws IOException {
    Query query = parse(columns);
    TopDocs top = top(columns, query);
    long start = System.nanoTime();
    snippets(query, top);
    return new double[] {(System.nanoTime() - start) / 1e6, top.scoreDocs.length};
  }

  private String[] snippets(Query query, TopDocs top) throws IOException {
    if (top.scoreDocs.length == 0) return new String[0];
    return highlighter.highlight("text", query, top, 1);
  }

  private void search(String file) throws IOException {
    String[] columns = Files.readAllLines(Path.of(file)).get(0).split("\t", -1);
    Query query = parse(columns);
    TopDocs top = top(columns, query);
    String[] snippets = snippets(query, top);
    for (int i = 0; i < snippets.length; i++)
      System.out.println(searcher.doc(top.scoreDocs[i].doc).get("title") + "\n" + snippets[i]);
  }

  // ---- timing, as bench_queries.c does it ----

  private void time(String[] args) throws IOException {
    state = new DefaultSortedSetDocValuesReaderState(searcher.getIndexReader());
    Map<String, List<String[]>> sets = new LinkedHashMap<>();
    for (String line : Files.readAllLines(Path.of(args[2]))) {
      String[] columns = line.split("\t", -1);
      sets.computeIfAbsent(columns[0], kind -> new ArrayList<>()).add(columns);
    }
    int passes = Integer.parseInt(args[3]);
    double seconds = Double.parseDouble(args[4]);
    Map<String, Mode> modes = new LinkedHashMap<>();
    modes.put("top", this::askTop);
    modes.put("count", this::askCount);
    modes.put("facets", this::askFacets);
    modes.put("snippets", this::askSnippets);
    for (Map.Entry<String, Mode> mode : modes.entrySet()) {
      warmUp(mode.getValue(), sets);
      for (Map.Entry<String, List<String[]>> set : sets.entrySet())
        timeSet(mode.getKey(), mode.getValue(), set.getKey(), set.getValue(), passes, seconds);
    }
  }

  /** Three seconds or thirty rounds of all queries, for the compiler in the JVM. */
  private static void warmUp(Mode mode, Map<String, List<String[]>> sets) throws IOException {
    long end = System.nanoTime() + 3_000_000_000L;
    for (int round = 0; round < 30; round++)
      for (List<String[]> set : sets.values())
        for (String[] columns : set) {
          if (System.nanoTime() > end) return;
          mode.ask(columns);
        }
  }

  private static void timeSet(
      String name, Mode mode, String kind, List<String[]> set, int passes, double seconds)
      throws IOException {
    double[][] times = new double[set.size()][passes];
    double[] found = new double[set.size()];
    for (String[] columns : set) mode.ask(columns);
    long end = System.nanoTime() + (long) (seconds * 1e9);
    int done = 0;
    while (done < passes && (done == 0 || System.nanoTime() < end)) {
      for (int i = 0; i < times.length; i++) {
        double[] sample = mode.ask(set.get(i));
        times[i][done] = sample[0];
        found[i] = sample[1];
      }
      done++;
    }
    for (int i = 0; i < times.length; i++)
      System.out.printf(
          "%s\t%s\t%.4f\t%.0f%n", name, kind, median(Arrays.copyOf(times[i], done)), found[i]);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
  }
}
