/* generate.c - makes articles for the benchmarks: generate COUNT [FIRST [REVISION [SEED]]]
 *
 * Writes articles FIRST to FIRST+COUNT-1 to standard output as JSON Lines. Each follows from its
 * number, REVISION and SEED alone, so 10,000 articles are the beginning of 1,000,000, and another
 * revision is another text under the same id.
 *
 * What is realistic about them: lengths are log-normal with a mean of 3 KB; words follow
 * Zipf-Mandelbrot's law with the steeper tail that makes vocabularies grow as the root of the text
 * (Heaps' law); an article repeats its own words, has words of its topic and fixed pairs of words;
 * function words are real ones, the others are made of syllables and inflected with real endings.
 * What is not: there is no grammar and no sense. */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  N_COUNTRIES = 150,
  N_ACTORS = 3000,
  N_SOURCES = 200,
  N_PLACES = 5000,
  N_PAIRS = 3000,
  N_TOPICS = 40,
  N_EVENTS = 6,
  TOPIC_WORDS = 400,
  WORDS_MIN = 60,
  WORDS_MAX = 4000,
  MEMORY = 1024 /* words of its own that an article may repeat */
};

/* How many words in a text are function words. */
static const double FUNCTION_SHARE = 0.46;
/* Of the distribution of the others: Mandelbrot's shift, the rank where the tail begins and the
 * exponent there. */
static const double SHIFT = 12, BEND = 3000, TAIL = 2.1;
/* How often a content word repeats one of the article, how often it is one of its topic. */
static const double REPEATS = 0.46, OF_TOPIC = 0.15;
/* Of the logarithm of an article's length in words. */
static const double LENGTH_MU = 6.0, LENGTH_SIGMA = 0.55;

/* ---- chance ---- */

typedef struct Random {
  uint64_t state;
} Random;

static uint64_t mix(uint64_t x) /* the output function of splitmix64 */
{
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return x ^ (x >> 31);
}

static uint64_t next(Random *random)
{
  return mix(random->state += 0x9E3779B97F4A7C15u);
}

static double uniform(Random *random) /* in (0, 1] */
{
  return (double)((next(random) >> 11) + 1) * 0x1p-53;
}

static bool chance(Random *random, double p)
{
  return uniform(random) <= p;
}

static unsigned below(Random *random, unsigned n)
{
  return (unsigned)(((next(random) >> 32) * n) >> 32);
}

static double normal(Random *random)
{
  return sqrt(-2 * log(uniform(random))) * cos(6.283185307179586 * uniform(random));
}

/* Cumulative weights of a finite Zipf distribution. */
typedef struct Zipf {
  unsigned n;
  double sums[N_ACTORS > N_PLACES ? N_ACTORS : N_PLACES];
} Zipf;

static void zipf_init(Zipf *zipf, unsigned n, double shift)
{
  double sum = 0;
  zipf->n = n;
  for (unsigned i = 0; i < n; i++) zipf->sums[i] = sum += 1 / (i + 1 + shift);
}

static unsigned zipf_draw(const Zipf *zipf, Random *random)
{
  double wanted = uniform(random) * zipf->sums[zipf->n - 1];
  unsigned low = 0, high = zipf->n - 1;
  while (low < high) {
    unsigned middle = (low + high) / 2;
    if (zipf->sums[middle] < wanted)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static Zipf countries_zipf, actors_zipf, sources_zipf, places_zipf, topics_zipf, pairs_zipf,
    function_zipf[4];

/* ---- languages ---- */

#define ONSETS 24
#define VOWELS 7
#define CODAS 8

typedef struct Language {
  const char *code;
  const char *function_words; /* most frequent first */
  const char *onsets[ONSETS], *vowels[VOWELS], *codas[CODAS];
  const char *endings[3][4]; /* of nouns, verbs and the rest */
} Language;

#define LATIN_ONSETS                                                                               \
  {                                                                                                \
    "b", "c", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "br",     \
        "tr", "st", "pr", "ch", "sh", "kr"                                                         \
  }

static const Language languages[] = {
    {"en",
     "the of to and a in that for on is said was with as by at it he from be has were have an are "
     "his not this but had who which they their will been one its after more would also up about "
     "when there two or other we out she her i people no than over some last into all him first "
     "could you new against if government between under before three during what since only while "
     "because so any them most including where now may such through being many years those between "
     "then both down former did off same another around until each very since still near early "
     "might among without should however later do just how",
     LATIN_ONSETS,
     {"a", "e", "i", "o", "u", "ai", "ou"},
     {"", "n", "r", "s", "t", "l", "m", "d"},
     {{"", "s", "", "s"}, {"", "ed", "ing", "s"}, {"", "", "", "ly"}}},
    {"fr",
     "de la le et les à des en du que un une dans est pour qui sur par plus au il a pas avec ce "
     "ont été se son sont ses aux mais cette leur deux être était comme après selon sans entre "
     "dont contre ces elle fait avait",
     LATIN_ONSETS,
     {"a", "é", "i", "o", "u", "ou", "è"},
     {"", "n", "r", "s", "t", "l", "m", "d"},
     {{"", "", "s", "s"}, {"er", "ait", "ant", "ées"}, {"", "e", "es", "ment"}}},
    {"es",
     "de la que el en y a los del se las por un para con una su al lo como más pero sus le o este "
     "sí porque esta entre cuando muy sin sobre también me hasta hay donde quien desde todo nos "
     "durante contra fue",
     LATIN_ONSETS,
     {"a", "e", "i", "o", "u", "ó", "ía"},
     {"", "n", "r", "s", "t", "l", "m", "d"},
     {{"o", "a", "os", "as"}, {"ar", "ado", "ando", "aron"}, {"", "e", "es", "mente"}}},
    {"ru",
     "в и на с не что по он из к это за как о от для его до а у после но были было был также "
     "при они же или во был году со которые время их которые еще уже только более чтобы все",
     {"б", "в", "г", "д", "ж", "з",  "к",  "л",  "м",  "н",  "п",  "р",
      "с", "т", "ф", "х", "ц", "ст", "пр", "тр", "кр", "гр", "бр", "зн"},
     {"а", "е", "и", "о", "у", "ы", "я"},
     {"", "н", "р", "с", "т", "л", "м", "к"},
     {{"", "а", "ы", "ов"}, {"ть", "л", "ли", "ет"}, {"ый", "ая", "ого", "ые"}}}};

enum { EN, FR, ES, RU, N_LANGUAGES, FUNCTION_MAX = 160 };

typedef struct FunctionWord {
  const char *text;
  size_t len;
} FunctionWord;

static FunctionWord function_words[N_LANGUAGES][FUNCTION_MAX];

static void split_function_words(unsigned lang)
{
  unsigned n = 0;
  for (const char *at = languages[lang].function_words; *at != '\0' && n < FUNCTION_MAX;) {
    size_t len = strcspn(at, " ");
    function_words[lang][n++] = (FunctionWord){at, len};
    at += len + strspn(at + len, " ");
  }
  zipf_init(&function_zipf[lang], n, 1);
}

/* ---- text being written ---- */

typedef struct Text {
  char bytes[WORDS_MAX * 48];
  size_t len;
} Text;

static void put_bytes(Text *text, const char *bytes, size_t len)
{
  if (text->len + len >= sizeof text->bytes) abort();
  memcpy(text->bytes + text->len, bytes, len);
  text->len += len;
}

static void put(Text *text, const char *string)
{
  put_bytes(text, string, strlen(string));
}

/* Makes the letter at `at` a capital: ASCII and the letters of the languages above. */
static void capitalise(Text *text, size_t at)
{
  unsigned char *byte = (unsigned char *)text->bytes + at;
  if (byte[0] >= 'a' && byte[0] <= 'z')
    byte[0] = (unsigned char)(byte[0] - 32);
  else if (byte[0] == 0xC3 && byte[1] >= 0xA0) /* à to þ */
    byte[1] = (unsigned char)(byte[1] - 32);
  else if (byte[0] == 0xD0 && byte[1] >= 0xB0) /* а to п */
    byte[1] = (unsigned char)(byte[1] - 32);
  else if (byte[0] == 0xD1 && byte[1] < 0x90) { /* р to я */
    byte[0] = 0xD0;
    byte[1] = (unsigned char)(byte[1] + 32);
  }
}

/* ---- words ---- */

static void put_syllables(Text *text, const Language *language, unsigned n, uint64_t number)
{
  unsigned coda = (unsigned)(number % CODAS);
  number /= CODAS;
  for (unsigned i = 0; i < n; i++) {
    put(text, language->onsets[number % ONSETS]);
    number /= ONSETS;
    put(text, language->vowels[number % VOWELS]);
    number /= VOWELS;
  }
  put(text, language->codas[coda]);
}

/* The word number `word` of a language, without ending; each number is another word. The frequent
 * ones are short. Multiplying by a prime keeps neighbours in frequency apart in the alphabet. */
static void put_stem(Text *text, const Language *language, uint64_t word)
{
  const uint64_t syllables = ONSETS * VOWELS;
  if (word < 200)
    put_syllables(text, language, 1, word * 613 % (syllables * CODAS));
  else if (word < 6000)
    put_syllables(text, language, 2, word * 100003 % (syllables * syllables * CODAS));
  else
    put_syllables(text, language, 3, word * 15485863 % (syllables * syllables * syllables * CODAS));
}

/* One word in twelve is a name, but none of the most frequent. */
static bool is_name(uint64_t word)
{
  return word > 300 && mix(word) % 12 == 0;
}

static void put_word(Text *text, unsigned lang, uint64_t word, Random *random)
{
  const Language *language = &languages[lang];
  size_t at = text->len;
  put_stem(text, language, word);
  if (is_name(word)) {
    capitalise(text, at);
    if (lang == EN && chance(random, 0.1)) put(text, "'s");
    return;
  }
  unsigned kind = (unsigned)(mix(word + 7) % 10);
  kind = kind < 5 ? 0 : kind < 8 ? 1 : 2;
  double form = uniform(random);
  put(text, language->endings[kind][form < 0.55 ? 0 : form < 0.8 ? 1 : form < 0.92 ? 2 : 3]);
}

static void put_function_word(Text *text, unsigned lang, Random *random)
{
  const FunctionWord *word = &function_words[lang][zipf_draw(&function_zipf[lang], random)];
  put_bytes(text, word->text, word->len);
}

/* The rank of a content word. */
static uint64_t draw_rank(Random *random)
{
  const double head = log((BEND + SHIFT) / (1 + SHIFT));
  const double tail = BEND / (BEND + SHIFT) / (TAIL - 1);
  double u = uniform(random) * (head + tail);
  if (u <= head) return (uint64_t)((1 + SHIFT) * exp(u) - SHIFT) - 1;
  double rank = BEND * pow((u - head) / tail, -1 / (TAIL - 1));
  return rank < 3e7 ? (uint64_t)rank : 30000000;
}

/* ---- names ---- */

static const char *const countries[N_COUNTRIES] = {
    "SY", "IQ", "AF", "IL", "PS", "UA", "RU", "US", "IR", "YE", "PK", "IN", "CO", "SD", "LB",
    "NG", "SO", "LY", "CD", "TR", "EG", "MX", "MM", "ML", "ET", "SS", "PH", "FR", "GB", "DE",
    "CN", "SA", "JO", "VE", "HT", "RS", "BA", "XK", "AZ", "AM", "GE", "KP", "KR", "JP", "TH",
    "LK", "NP", "BD", "ID", "DZ", "TN", "MA", "TD", "CF", "CM", "NE", "BF", "CI", "LR", "SL",
    "GN", "UG", "RW", "BI", "KE", "TZ", "MZ", "AO", "ZW", "ZA", "ER", "DJ", "MR", "SN", "GM",
    "GW", "GH", "TG", "BJ", "GA", "CG", "GQ", "ZM", "MW", "MG", "BW", "NA", "LS", "SZ", "PE",
    "EC", "BO", "CL", "AR", "BR", "PY", "UY", "GT", "HN", "SV", "NI", "CR", "PA", "CU", "DO",
    "JM", "TT", "GY", "SR", "CA", "ES", "PT", "IT", "GR", "CY", "MT", "AL", "MK", "ME", "HR",
    "SI", "HU", "AT", "CH", "BE", "NL", "LU", "DK", "NO", "SE", "FI", "EE", "LV", "LT", "PL",
    "CZ", "SK", "RO", "BG", "MD", "BY", "KZ", "UZ", "TM", "KG", "TJ", "MN", "VN", "KH", "LA"};

static const char *const topics[N_TOPICS] = {
    "coup",       "protest",  "ceasefire", "elections", "refugees",  "sanctions", "airstrike",
    "kidnapping", "bombing",  "border",    "famine",    "mediation", "mutiny",    "siege",
    "terrorism",  "arms",     "oil",       "mining",    "land",      "religion",  "ethnicity",
    "drugs",      "piracy",   "militia",   "prison",    "trial",     "massacre",  "peacekeeping",
    "aid",        "curfew",   "strike",    "riot",      "parade",    "cyber",     "nuclear",
    "chemical",   "landmine", "hostages",  "raid",      "amnesty"};

static const char *const events[N_EVENTS] = {"Battles",
                                             "Protests",
                                             "Explosions/Remote violence",
                                             "Riots",
                                             "Strategic developments",
                                             "Violence against civilians"};

/* A capitalised word of two syllables; each `kind` has its own. */
static void put_name(Text *text, unsigned kind, unsigned number)
{
  static const unsigned primes[] = {10007, 20011, 30011};
  const uint64_t space = (uint64_t)ONSETS * VOWELS * ONSETS * VOWELS * CODAS;
  size_t at = text->len;
  put_syllables(text, &languages[EN], 2, (number * (uint64_t)primes[kind] + kind * 77777) % space);
  capitalise(text, at);
}

static void put_actor(Text *text, unsigned number)
{
  static const char *const patterns[] = {
      "Military Forces of %", "% Liberation Front",      "Police Forces of %", "% Communal Militia",
      "% People's Army",      "Protesters (%)",          "% Islamic Movement", "Civilians (%)",
      "% Democratic Party",   "Unidentified Group of %", "% Brigade",          "Government of %"};
  const char *pattern = patterns[number % (sizeof patterns / sizeof *patterns)];
  const char *hole = strchr(pattern, '%');
  put_bytes(text, pattern, (size_t)(hole - pattern));
  put_name(text, 0, number);
  put(text, hole + 1);
}

static void put_source(Text *text, unsigned number)
{
  static const char *const kinds[] = {" Times", " Post", " Herald", " News Agency", " Tribune"};
  put_name(text, 1, number);
  put(text, kinds[number % (sizeof kinds / sizeof *kinds)]);
}

static void put_place(Text *text, unsigned number)
{
  put_name(text, 2, number);
}

/* ---- an article ---- */

typedef struct Article {
  unsigned lang, source, topic;
  int year, month, day;
  unsigned country[4], n_country;
  unsigned actor[5], n_actor;
  unsigned place[3], n_place;
  unsigned event[2], n_event;
  unsigned more_topics[2], n_more_topics;
} Article;

/* Adds a number that is not there yet. */
static void add(unsigned *list, unsigned *n, unsigned number)
{
  for (unsigned i = 0; i < *n; i++)
    if (list[i] == number) return;
  list[(*n)++] = number;
}

static void draw_fields(Article *article, Random *random)
{
  static const unsigned days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  double which = uniform(random);
  *article = (Article){.lang = which < 0.86 ? EN : which < 0.92 ? FR : which < 0.97 ? ES : RU};
  article->source = zipf_draw(&sources_zipf, random);
  article->topic = zipf_draw(&topics_zipf, random);
  article->year = 1990 + (int)below(random, 30);
  article->month = (int)below(random, 12);
  article->day = 1 + (int)below(random, days[article->month++]);
  for (unsigned n = below(random, 6); n > 0; n--)
    add(article->actor, &article->n_actor, zipf_draw(&actors_zipf, random));
  /* Half of the articles are about the country that their first actor is at home in. */
  if (article->n_actor > 0 && chance(random, 0.5)) {
    Random home = {article->actor[0]};
    add(article->country, &article->n_country, zipf_draw(&countries_zipf, &home));
  }
  for (unsigned n = 1 + below(random, 3); n > 0; n--)
    add(article->country, &article->n_country, zipf_draw(&countries_zipf, random));
  for (unsigned n = below(random, 4); n > 0; n--)
    add(article->place, &article->n_place, zipf_draw(&places_zipf, random));
  for (unsigned n = below(random, 3); n > 0; n--)
    add(article->event, &article->n_event, below(random, N_EVENTS));
  for (unsigned n = below(random, 3); n > 0; n--)
    add(article->more_topics, &article->n_more_topics, zipf_draw(&topics_zipf, random));
}

/* What the next words depend on. */
typedef struct Writer {
  Text *text;
  Random *random;
  const Article *article;
  uint64_t memory[MEMORY]; /* content words so far */
  unsigned n_memory;

} Writer;

static uint64_t word_of_topic(const Writer *writer)
{
  unsigned k = below(writer->random, 1 + below(writer->random, TOPIC_WORDS));
  return 150 + mix(writer->article->topic * 1000u + k + 1) % 15000;
}

static uint64_t draw_content(Writer *writer)
{
  Random *random = writer->random;
  double which = uniform(random);
  if (which < REPEATS && writer->n_memory > 0)
    return writer->memory[below(random, writer->n_memory)];
  uint64_t word = which < REPEATS + OF_TOPIC ? word_of_topic(writer) : draw_rank(random);
  if (writer->n_memory < MEMORY) writer->memory[writer->n_memory++] = word;
  return word;
}

static void put_number(Text *text, Random *random)
{
  char number[16];
  double which = uniform(random);
  if (which < 0.7)
    snprintf(number, sizeof number, "%u", 2 + below(random, 98));
  else if (which < 0.85)
    snprintf(number, sizeof number, "%u,%03u", 1 + below(random, 40), 100 * below(random, 10));
  else
    snprintf(number, sizeof number, "%u", 1960 + below(random, 60));
  put(text, number);
}

/* A pair of words that often stand together, as "prime minister" do; two words long. */
static void put_pair(Writer *writer)
{
  unsigned pair = zipf_draw(&pairs_zipf, writer->random);
  const Language *language = &languages[writer->article->lang];
  put_stem(writer->text, language, 60 + mix(pair + 1) % 4000);
  put(writer->text, " ");
  put_stem(writer->text, language, 60 + mix(pair + 100001) % 4000);
}

/* One word or a short sequence; returns how many words it was. */
static unsigned put_token(Writer *writer)
{
  Text *text = writer->text;
  Random *random = writer->random;
  unsigned lang = writer->article->lang;
  double which = uniform(random);
  if (which < 0.015) {
    put_number(text, random);
    return 1;
  }
  if (which < 0.03) {
    put_pair(writer);
    return 2;
  }
  if (chance(random, FUNCTION_SHARE))
    put_function_word(text, lang, random);
  else
    put_word(text, lang, draw_content(writer), random);
  return 1;
}

/* Names stand in the text too; returns how many words were written. */
static unsigned put_mention(Writer *writer)
{
  const Article *article = writer->article;
  Random *random = writer->random;
  if (article->n_actor > 0 && chance(random, 0.15)) {
    put_actor(writer->text, article->actor[below(random, article->n_actor)]);
    put(writer->text, " ");
    return 3;
  }
  if (article->n_place > 0 && chance(random, 0.1)) {
    put_place(writer->text, article->place[below(random, article->n_place)]);
    put(writer->text, " ");
    return 1;
  }
  return 0;
}

static unsigned put_sentence(Writer *writer)
{
  Text *text = writer->text;
  unsigned length = 6 + below(writer->random, 26), written;
  size_t start = text->len;
  written = put_mention(writer);
  for (unsigned i = 0; i < length; i++) {
    if (i > 0) put(text, chance(writer->random, 0.06) ? ", " : " ");
    written += put_token(writer);
  }
  capitalise(text, start);
  put(text, ".");
  return written;
}

static void put_body(Writer *writer)
{
  double length = exp(LENGTH_MU + LENGTH_SIGMA * normal(writer->random));
  unsigned wanted = length < WORDS_MIN   ? WORDS_MIN
                    : length > WORDS_MAX ? WORDS_MAX
                                         : (unsigned)length;
  for (unsigned written = 0; written < wanted;) {
    if (written > 0) put(writer->text, chance(writer->random, 0.35) ? "\\n\\n" : " ");
    written += put_sentence(writer);
  }
}

/* Words that the body has too, and a few others. */
static void put_title(Writer *writer)
{
  unsigned length = 5 + below(writer->random, 6);
  size_t start = writer->text->len;
  for (unsigned i = 0; i < length; i++) {
    if (i > 0) put(writer->text, " ");
    if (chance(writer->random, 0.6) && writer->n_memory > 0)
      put_word(writer->text, writer->article->lang,
               writer->memory[below(writer->random, writer->n_memory)], writer->random);
    else
      put_token(writer);
  }
  capitalise(writer->text, start);
}

/* ---- JSON: nothing written above needs escaping ---- */

typedef void (*PutValue)(Text *text, unsigned number);

static void put_country(Text *text, unsigned number)
{
  put(text, countries[number]);
}

static void put_topic(Text *text, unsigned number)
{
  put(text, topics[number]);
}

static void put_event(Text *text, unsigned number)
{
  put(text, events[number]);
}

static void put_list(Text *text, const char *key, const unsigned *list, unsigned n, PutValue value)
{
  put(text, ",\"");
  put(text, key);
  put(text, "\":[");
  for (unsigned i = 0; i < n; i++) {
    put(text, i > 0 ? ",\"" : "\"");
    value(text, list[i]);
    put(text, "\"");
  }
  put(text, "]");
}

static void put_fields(Text *text, const Article *article)
{
  char date[64];
  snprintf(date, sizeof date, "\",\"date\":\"%04d-%02d-%02d\",\"source\":\"", article->year,
           article->month, article->day);
  put(text, date);
  put_source(text, article->source);
  put(text, "\",\"lang\":\"");
  put(text, languages[article->lang].code);
  put(text, "\"");
  put_list(text, "country", article->country, article->n_country, put_country);
  put_list(text, "actor", article->actor, article->n_actor, put_actor);
  put_list(text, "place", article->place, article->n_place, put_place);
  put_list(text, "event_type", article->event, article->n_event, put_event);
  put_list(text, "topic", article->more_topics, article->n_more_topics, put_topic);
}

static void put_article(Text *text, uint64_t number, uint64_t revision, uint64_t seed)
{
  static Writer writer;
  static Text body;
  Random random = {mix(seed * 1000003 + revision) ^ mix(number + 1)};
  Article article;
  char id[40];
  draw_fields(&article, &random);
  body.len = 0;
  writer.text = &body;
  writer.random = &random;
  writer.article = &article;
  writer.n_memory = 0;
  put_body(&writer);
  writer.text = text;
  snprintf(id, sizeof id, "{\"id\":\"b%08llu\",\"title\":\"", (unsigned long long)number);
  put(text, id);
  put_title(&writer);
  put_fields(text, &article);
  put(text, ",\"body\":\"");
  put_bytes(text, body.bytes, body.len);
  put(text, "\"}\n");
}

static uint64_t argument(int argc, char **argv, int i, uint64_t otherwise)
{
  return argc > i ? strtoull(argv[i], NULL, 10) : otherwise;
}

int main(int argc, char **argv)
{
  static Text text;
  static char buffer[1 << 20];
  uint64_t count = argument(argc, argv, 1, 0), first = argument(argc, argv, 2, 0);
  uint64_t revision = argument(argc, argv, 3, 0), seed = argument(argc, argv, 4, 1);
  if (count == 0) {
    fputs("Usage: generate COUNT [FIRST [REVISION [SEED]]]\n", stderr);
    return 2;
  }
  setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
  for (unsigned lang = 0; lang < N_LANGUAGES; lang++) split_function_words(lang);
  zipf_init(&countries_zipf, N_COUNTRIES, 1);
  zipf_init(&actors_zipf, N_ACTORS, 4);
  zipf_init(&sources_zipf, N_SOURCES, 3);
  zipf_init(&places_zipf, N_PLACES, 8);
  zipf_init(&topics_zipf, N_TOPICS, 3);
  zipf_init(&pairs_zipf, N_PAIRS, 10);
  for (uint64_t i = 0; i < count && !ferror(stdout); i++) {
    text.len = 0;
    put_article(&text, first + i, revision, seed);
    fwrite(text.bytes, 1, text.len, stdout);
  }
  if (fclose(stdout) == 0) return 0;
  perror("generate");
  return 1;
}
