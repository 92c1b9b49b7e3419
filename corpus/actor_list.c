/* actor_list.c - see actor_list.h */
#include "actor_list.h"

#include <string.h>

#include "fold.h"

enum {
  SMALL_WORD = 3, /* letters of words that need no capital in a name: "of", "los" */
  LETTERS_MAX = 4 /* of acronyms that must be written in capitals */
};

struct ActorList {
  Names *names;
  GArray *actors;        /* Actor */
  GArray *aliases;       /* ActorAlias */
  GString *pool;         /* begins with an empty string */
  NameInflector inflect; /* NULL: names are as they are */
  GHashTable *spelling;  /* folded aliases of the actor that is being added */
  ActorTable table;
};

ActorList *actor_list_new(void)
{
  ActorList *list = g_new0(ActorList, 1);
  list->names = names_new();
  list->actors = g_array_new(FALSE, FALSE, sizeof(Actor));
  list->aliases = g_array_new(FALSE, FALSE, sizeof(ActorAlias));
  list->pool = g_string_new(NULL);
  list->spelling = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_string_append_c(list->pool, '\0');
  return list;
}

void actor_list_free(ActorList *list)
{
  if (list == NULL) return;
  names_free(list->names);
  g_array_free(list->actors, TRUE);
  g_array_free(list->aliases, TRUE);
  g_string_free(list->pool, TRUE);
  g_hash_table_destroy(list->spelling);
  g_free(list);
}

static guint32 keep(ActorList *list, const char *text)
{
  if (*text == '\0') return 0;
  guint32 at = (guint32)list->pool->len;
  g_string_append_len(list->pool, text, (gssize)strlen(text) + 1);
  return at;
}

static Actor *last_actor(ActorList *list)
{
  return &g_array_index(list->actors, Actor, list->actors->len - 1);
}

void actor_list_begin(ActorList *list, const char *name, ActorKind kind, const char *countries,
                      int first_year, int last_year)
{
  Actor actor = {.name = keep(list, name),
                 .countries = keep(list, countries),
                 .first_alias = list->aliases->len,
                 .kind = (guint16)kind,
                 .first_year = (gint16)first_year,
                 .last_year = (gint16)last_year};
  g_array_append_val(list->actors, actor);
  g_hash_table_remove_all(list->spelling);
}

/* TRUE when each word that is not small begins with a capital, and there is one: what is written so
 * is no name when it is written small. */
static gboolean is_capitalised(const char *alias)
{
  gboolean any = FALSE;
  g_auto(GStrv) words = g_strsplit_set(alias, " -/", -1);
  for (char **word = words; *word != NULL; word++) {
    gunichar first = g_utf8_get_char(*word);
    if (g_unichar_isupper(first))
      any = TRUE;
    else if (g_unichar_islower(first) && g_utf8_strlen(*word, -1) > SMALL_WORD)
      return FALSE;
  }
  return any;
}

/* A word with two capitals that is short, or has small letters too: papers may write "Farc", but
 * "Eta", "Let" and "Win" are something else. */
static gboolean is_letters(const char *alias)
{
  guint capitals = 0, letters = 0;
  for (; *alias != '\0'; alias = g_utf8_next_char(alias)) {
    gunichar c = g_utf8_get_char(alias);
    if (!g_unichar_isalpha(c)) return FALSE;
    letters++;
    capitals += g_unichar_isupper(c);
  }
  return capitals >= 2 && letters <= LETTERS_MAX && (capitals < letters || letters < LETTERS_MAX);
}

/* The marks in the dictionary of names. */
static guint16 name_marks(const char *alias, guint32 marks)
{
  gboolean letters = is_letters(alias);
  guint16 all = (guint16)marks;
  if (letters) all |= ACTOR_LETTERS;
  if ((marks & ACTOR_CAPITALS) != 0 && !letters) return all | NAME_UPPER;
  if (!is_capitalised(alias)) return all;
  /* "Bosnian Serb army", but not "national resistance". */
  gboolean firm = (marks & ACTOR_AMBIGUOUS) == 0 && strchr(alias, ' ') != NULL;
  return all | (firm ? NAME_FIRST : NAME_INITIAL);
}

/* "People's" is written "Peoples" too. */
static void add_without_apostrophe(ActorList *list, const char *alias, guint16 marks)
{
  g_autoptr(GString) bare = g_string_new(alias);
  if (g_string_replace(bare, "'s ", "s ", 0) > 0)
    names_add(list->names, bare->str, list->actors->len - 1, marks);
}

/* A form of a name of the actor that was begun last. */
typedef struct Form {
  ActorList *list;
  guint16 marks;
} Form;

static void add_form(void *context, const char *form)
{
  const Form *of = context;
  names_add(of->list->names, form, of->list->actors->len - 1, of->marks);
}

void actor_list_inflect(ActorList *list, NameInflector inflect)
{
  list->inflect = inflect;
}

gboolean actor_list_alias(ActorList *list, const char *alias, guint32 marks)
{
  Actor *actor = last_actor(list);
  char *key = fold_name(alias, -1);
  if (g_hash_table_contains(list->spelling, key)) {
    g_free(key);
    return TRUE;
  }
  g_hash_table_add(list->spelling, key);
  guint16 all = name_marks(alias, marks);
  if (actor->n_aliases == G_MAXUINT16 || !names_add(list->names, alias, list->actors->len - 1, all))
    return FALSE;
  add_without_apostrophe(list, alias, all);
  Form form = {list, all};
  if (list->inflect != NULL) list->inflect(alias, add_form, &form);
  ActorAlias entry = {keep(list, alias), marks};
  g_array_append_val(list->aliases, entry);
  actor->n_aliases++;
  return TRUE;
}

/* The whole name too, so that it is found; it hardly stands in a text. */
gboolean actor_list_end(ActorList *list)
{
  const char *name = list->pool->str + last_actor(list)->name;
  g_autofree char *key = fold_name(name, -1);
  return g_hash_table_contains(list->spelling, key) ||
         names_add(list->names, name, list->actors->len - 1, ACTOR_AMBIGUOUS);
}

guint32 actor_list_count(const ActorList *list)
{
  return list->actors->len;
}

const ActorTable *actor_list_table(ActorList *list)
{
  list->table = (ActorTable){.names = names_table(list->names),
                             .actors = (const Actor *)(gpointer)list->actors->data,
                             .n = list->actors->len,
                             .aliases = (const ActorAlias *)(gpointer)list->aliases->data,
                             .pool = list->pool->str};
  return &list->table;
}

/* ---- as C ---- */

static void write_pool(GString *out, const char *identifier, const GString *pool)
{
  g_string_append_printf(out, "static const char %s_pool[] = {", identifier);
  for (gsize i = 0; i < pool->len; i++) {
    guchar byte = (guchar)pool->str[i];
    g_string_append_printf(out, g_ascii_isalnum(byte) ? "%s'%c'," : "%s'\\x%02x',",
                           i % 24 == 0 ? "\n" : "", byte);
  }
  g_string_append(out, "\n};\n");
}

void actor_list_write(ActorList *list, const char *identifier, GString *out)
{
  g_autofree char *names = g_strconcat(identifier, "_names", NULL);
  names_write(list->names, names, out);
  write_pool(out, identifier, list->pool);
  g_string_append_printf(out, "static const Actor %s_rows[] = {\n", identifier);
  for (guint i = 0; i < list->actors->len; i++) {
    const Actor *a = &g_array_index(list->actors, Actor, i);
    g_string_append_printf(out, "{%u,%u,%u,%u,%u,%d,%d},\n", a->name, a->countries, a->first_alias,
                           a->n_aliases, a->kind, a->first_year, a->last_year);
  }
  g_string_append_printf(out, "};\nstatic const ActorAlias %s_aliases[] = {", identifier);
  for (guint i = 0; i < list->aliases->len; i++) {
    const ActorAlias *alias = &g_array_index(list->aliases, ActorAlias, i);
    g_string_append_printf(out, "%s{%u,%u},", i % 12 == 0 ? "\n" : "", alias->text, alias->marks);
  }
  g_string_append_printf(out,
                         "\n};\nstatic const ActorTable %s_table = {&%s, %s_rows, %u, "
                         "%s_aliases, %s_pool};\n",
                         identifier, names, identifier, list->actors->len, identifier, identifier);
}
