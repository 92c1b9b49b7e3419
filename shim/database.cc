// database.cc - see database.h
#include "database.h"

#include <cstring>
#include <sstream>

#include "internal.hh"

struct ShimTerms {
  Xapian::Database db; // keeps what the iterators read from alive
  Xapian::TermIterator at, end;
  bool started = false;
  bool spelling = false;
  std::string current;
};

struct ShimPostings {
  Xapian::Database db;
  Xapian::PostingIterator at, end;
  bool started = false;
};

namespace
{
constexpr int SNAPSHOT_TRIES = 100;

// Whether a writer's commits may have overtaken a reader. Xapian 1.4 does not always say so: when
// the block that was a root is in use again, on another level, it takes that for damage.
bool overtaken(ShimStatus status)
{
  return status == SHIM_MODIFIED || status == SHIM_CORRUPT;
}

// Opens a reader; its opening can be overtaken, too.
ShimStatus open_afresh(const std::vector<std::string> &paths, Xapian::Database &db) noexcept
{
  ShimStatus status = SHIM_MODIFIED;
  for (int i = 0; i < SNAPSHOT_TRIES && overtaken(status); i++)
    status = guard([&] {
      Xapian::Database all;
      for (const std::string &path : paths) all.add_database(Xapian::Database(path));
      db = std::move(all);
      return SHIM_OK;
    });
  return status;
}

// Opens a reader of these paths.
ShimStatus open_reader(std::vector<std::string> &&paths, ShimDb **out)
{
  auto handle = std::make_unique<ShimDb>();
  handle->paths = std::move(paths);
  ShimStatus status = open_afresh(handle->paths, handle->db);
  if (status == SHIM_OK) *out = handle.release();
  return status;
}

ShimStatus not_a_writer()
{
  return shim_fail(SHIM_OPERATION, "the database is open for reading only");
}

// Runs `body` with the writable database, or says that there is none.
template <class Body> ShimStatus write(ShimDb *db, Body &&body) noexcept
{
  if (!db->writer) return not_a_writer();
  db->kept.reset();
  return guard([&] {
    body(*db->writer);
    return SHIM_OK;
  });
}

template <class Begin, class End>
ShimStatus open_terms(ShimDb *db, ShimTerms **terms, Begin begin, End end) noexcept
{
  return guard([&] {
    auto list = std::make_unique<ShimTerms>();
    list->db = db->db;
    list->at = begin(list->db);
    list->end = end(list->db);
    *terms = list.release();
    return SHIM_OK;
  });
}

ShimStatus hand_out(ShimTerms *terms, const char **term, size_t *len)
{
  if (terms->at == terms->end) return SHIM_END;
  terms->current = *terms->at;
  *term = terms->current.c_str();
  *len = terms->current.size();
  return SHIM_OK;
}

ShimStatus hand_out(ShimPostings *postings, uint32_t *docid, uint32_t *wdf)
{
  if (postings->at == postings->end) return SHIM_END;
  uint32_t count = wdf == nullptr ? 0 : postings->at.get_wdf();
  *docid = *postings->at;
  if (wdf != nullptr) *wdf = count;
  return SHIM_OK;
}

ShimStatus adopt(Xapian::Database db, ShimDb **out)
{
  auto handle = std::make_unique<ShimDb>();
  handle->db = std::move(db);
  *out = handle.release();
  return SHIM_OK;
}
} // namespace

uint64_t shim_revision(const Xapian::Database &db)
{
  if (db.size() != 1) return 0;
  try {
    return db.get_revision();
  } catch (const Xapian::UnimplementedError &) {
    return 0;
  }
}

extern "C" {

ShimStatus shim_db_open(const char *path, ShimDb **db)
{
  return guard([&] { return open_reader({path}, db); });
}

ShimStatus shim_db_open_many(const char *const *paths, size_t n, ShimDb **db)
{
  if (n == 0) return shim_fail(SHIM_INVALID, "no database was named");
  return guard([&] { return open_reader({paths, paths + n}, db); });
}

ShimStatus shim_db_open_remote(const char *host, unsigned port, unsigned timeout_ms, ShimDb **db)
{
  return guard([&] { return adopt(Xapian::Remote::open(host, port, timeout_ms), db); });
}

ShimStatus shim_db_open_writer(const char *path, bool create, ShimDb **db)
{
  return guard([&] {
    auto handle = std::make_unique<ShimDb>();
    handle->writer.emplace(path, create ? Xapian::DB_CREATE_OR_OPEN : Xapian::DB_OPEN);
    handle->db = *handle->writer;
    *db = handle.release();
    return SHIM_OK;
  });
}

static ShimStatus create(const char *path, int flags, ShimDb **db)
{
  return guard([&] {
    auto handle = std::make_unique<ShimDb>();
    handle->writer.emplace(path, Xapian::DB_CREATE_OR_OVERWRITE | flags);
    handle->db = *handle->writer;
    *db = handle.release();
    return SHIM_OK;
  });
}

ShimStatus shim_db_overwrite(const char *path, ShimDb **db)
{
  return create(path, 0, db);
}

ShimStatus shim_db_create_scratch(const char *path, ShimDb **db)
{
  return create(path, Xapian::DB_NO_SYNC, db);
}

void shim_db_free(ShimDb *db)
{
  if (db == nullptr) return;
  if (db->writer) {
    // Closing a WritableDatabase commits; a transaction that is cancelled does not. Both calls may
    // fail (a full disk, a transaction already open) and there is nothing left to do about it.
    (void)guard([&] {
      db->writer->begin_transaction(false);
      return SHIM_OK;
    });
    (void)guard([&] {
      db->writer->cancel_transaction();
      return SHIM_OK;
    });
    (void)guard([&] {
      db->writer->close();
      return SHIM_OK;
    });
  }
  (void)guard([&] {
    delete db;
    return SHIM_OK;
  });
}

ShimStatus shim_db_reopen(ShimDb *db, bool *changed)
{
  bool moved = true;
  ShimStatus status = guard([&] {
    moved = db->db.reopen();
    return SHIM_OK;
  });
  if (!db->paths.empty() && (overtaken(status) || status == SHIM_CLOSED)) {
    // Overtaken halfway: some tables are at the new commit and some at the old one, and Xapian
    // 1.4 thinks that all are new. Nobody may read that.
    (void)guard([&] {
      db->db.close();
      return SHIM_OK;
    });
    moved = true;
    status = open_afresh(db->paths, db->db);
  }
  if (moved || status != SHIM_OK) db->kept.reset();
  if (status == SHIM_OK && changed != nullptr) *changed = moved;
  return status;
}

// Brings an overtaken reader to the newest commit. When it is there already, a block that was read
// while it was written may sit in its cache.
static ShimStatus renew(ShimDb *db, bool *moved)
{
  ShimStatus status = shim_db_reopen(db, moved);
  if (status != SHIM_OK || *moved || db->paths.empty()) return status;
  db->kept.reset();
  return open_afresh(db->paths, db->db);
}

ShimStatus shim_db_snapshot(ShimDb *db, ShimWork work, void *context)
{
  ShimStatus status = SHIM_MODIFIED;
  int standstill = 0; // runs in a row that failed although no commit came
  for (int i = 0; i < SNAPSHOT_TRIES; i++) {
    bool moved = false;
    status = work(db, context);
    if (!overtaken(status)) return status;
    ShimStatus renewed = renew(db, &moved);
    if (renewed != SHIM_OK) return renewed;
    standstill = moved ? 0 : standstill + 1;
    if (status == SHIM_CORRUPT && standstill > 1) return status; // damage indeed
  }
  return status;
}

void shim_db_keep(ShimDb *db, void *thing, void (*destroy)(void *thing))
{
  db->kept = {thing, destroy};
}

void *shim_db_kept(const ShimDb *db)
{
  return db->kept.get();
}

ShimStatus shim_db_stats(ShimDb *db, ShimDbStats *stats)
{
  return guard([&] {
    ShimDbStats all = {};
    all.documents = db->db.get_doccount();
    all.last_docid = db->db.get_lastdocid();
    all.average_length = db->db.get_avlength();
    all.revision = shim_revision(db->db);
    *stats = all;
    return SHIM_OK;
  });
}

ShimStatus shim_db_uuid(ShimDb *db, char **uuid)
{
  return guard([&] {
    *uuid = shim_copy(db->db.get_uuid());
    return SHIM_OK;
  });
}

ShimStatus shim_db_term_freq(ShimDb *db, const char *term, size_t len, uint32_t *freq)
{
  return guard([&] {
    *freq = db->db.get_termfreq(bytes(term, len));
    return SHIM_OK;
  });
}

ShimStatus shim_db_find(ShimDb *db, const char *term, size_t len, uint32_t *docid)
{
  return guard([&] {
    std::string name = bytes(term, len);
    Xapian::PostingIterator at = db->db.postlist_begin(name);
    if (at == db->db.postlist_end(name))
      return shim_fail(SHIM_NOT_FOUND, "no document has that term");
    *docid = *at;
    return SHIM_OK;
  });
}

ShimStatus shim_db_document(ShimDb *db, uint32_t docid, ShimDoc **doc)
{
  return guard([&] {
    auto handle = std::make_unique<ShimDoc>();
    handle->doc = db->db.get_document(docid);
    *doc = handle.release();
    return SHIM_OK;
  });
}

ShimStatus shim_db_metadata(ShimDb *db, const char *key, size_t key_len, char **value, size_t *len)
{
  return guard([&] {
    std::string found = db->db.get_metadata(bytes(key, key_len));
    *value = shim_copy(found);
    *len = found.size();
    return SHIM_OK;
  });
}

ShimStatus shim_db_value_bounds(ShimDb *db, unsigned slot, char **low, size_t *low_len, char **high,
                                size_t *high_len)
{
  return guard([&] {
    std::string first = db->db.get_value_lower_bound(slot);
    std::string last = db->db.get_value_upper_bound(slot);
    char *first_copy = shim_copy(first);
    try {
      *high = shim_copy(last);
    } catch (...) {
      std::free(first_copy);
      throw;
    }
    *low = first_copy;
    *low_len = first.size();
    *high_len = last.size();
    return SHIM_OK;
  });
}

ShimStatus shim_db_suggest(ShimDb *db, const char *word, size_t len, unsigned max_edits,
                           char **suggestion)
{
  return guard([&] {
    std::string found = db->db.get_spelling_suggestion(bytes(word, len), max_edits);
    if (found.empty()) return shim_fail(SHIM_NOT_FOUND, "no word of the dictionary is near");
    *suggestion = shim_copy(found);
    return SHIM_OK;
  });
}

ShimStatus shim_terms_all(ShimDb *db, const char *prefix, size_t len, ShimTerms **terms)
{
  return open_terms(
      db, terms, [&](auto &d) { return d.allterms_begin(bytes(prefix, len)); },
      [&](auto &d) { return d.allterms_end(bytes(prefix, len)); });
}

ShimStatus shim_terms_of_document(ShimDb *db, uint32_t docid, ShimTerms **terms)
{
  return open_terms(
      db, terms, [&](auto &d) { return d.termlist_begin(docid); },
      [&](auto &d) { return d.termlist_end(docid); });
}

ShimStatus shim_terms_synonyms(ShimDb *db, const char *term, size_t len, ShimTerms **terms)
{
  return open_terms(
      db, terms, [&](auto &d) { return d.synonyms_begin(bytes(term, len)); },
      [&](auto &d) { return d.synonyms_end(bytes(term, len)); });
}

ShimStatus shim_terms_synonym_keys(ShimDb *db, const char *prefix, size_t len, ShimTerms **terms)
{
  return open_terms(
      db, terms, [&](auto &d) { return d.synonym_keys_begin(bytes(prefix, len)); },
      [&](auto &d) { return d.synonym_keys_end(bytes(prefix, len)); });
}

ShimStatus shim_terms_metadata_keys(ShimDb *db, const char *prefix, size_t len, ShimTerms **terms)
{
  return open_terms(
      db, terms, [&](auto &d) { return d.metadata_keys_begin(bytes(prefix, len)); },
      [&](auto &d) { return d.metadata_keys_end(bytes(prefix, len)); });
}

ShimStatus shim_terms_spellings(ShimDb *db, ShimTerms **terms)
{
  return open_terms(
      db, terms, [&](auto &d) { return d.spellings_begin(); },
      [&](auto &d) { return d.spellings_end(); });
}

ShimStatus shim_terms_next(ShimTerms *terms, const char **term, size_t *len)
{
  return guard([&] {
    if (terms->at == terms->end) return SHIM_END;
    if (terms->started) ++terms->at;
    terms->started = true;
    return hand_out(terms, term, len);
  });
}

ShimStatus shim_terms_seek(ShimTerms *terms, const char *term, size_t len, const char **found,
                           size_t *found_len)
{
  return guard([&] {
    if (terms->at == terms->end) return SHIM_END;
    std::string target = bytes(term, len);
    // Xapian's lists may go back, or stand on what is no term.
    if (*terms->at < target) terms->at.skip_to(target);
    terms->started = true;
    return hand_out(terms, found, found_len);
  });
}

ShimStatus shim_terms_freq(ShimTerms *terms, uint32_t *freq)
{
  return guard([&] {
    if (!terms->started || terms->at == terms->end)
      return shim_fail(SHIM_OPERATION, "the list stands on no term");
    *freq = terms->at.get_termfreq();
    return SHIM_OK;
  });
}

void shim_terms_free(ShimTerms *terms)
{
  delete terms;
}

ShimStatus shim_postings_open(ShimDb *db, const char *term, size_t len, ShimPostings **postings)
{
  return guard([&] {
    auto list = std::make_unique<ShimPostings>();
    list->db = db->db;
    list->at = list->db.postlist_begin(bytes(term, len));
    list->end = list->db.postlist_end(bytes(term, len));
    *postings = list.release();
    return SHIM_OK;
  });
}

ShimStatus shim_postings_next(ShimPostings *postings, uint32_t *docid, uint32_t *wdf)
{
  return guard([&] {
    if (postings->at == postings->end) return SHIM_END;
    if (postings->started) ++postings->at;
    postings->started = true;
    return hand_out(postings, docid, wdf);
  });
}

ShimStatus shim_postings_seek(ShimPostings *postings, uint32_t docid, uint32_t *found,
                              uint32_t *wdf)
{
  return guard([&] {
    if (postings->at == postings->end) return SHIM_END;
    postings->at.skip_to(docid);
    postings->started = true;
    return hand_out(postings, found, wdf);
  });
}

void shim_postings_free(ShimPostings *postings)
{
  delete postings;
}

ShimStatus shim_db_commit(ShimDb *db)
{
  return write(db, [](auto &w) { w.commit(); });
}

ShimStatus shim_db_begin(ShimDb *db)
{
  return write(db, [](auto &w) { w.begin_transaction(); });
}

ShimStatus shim_db_commit_transaction(ShimDb *db)
{
  return write(db, [](auto &w) { w.commit_transaction(); });
}

ShimStatus shim_db_cancel(ShimDb *db)
{
  return write(db, [](auto &w) { w.cancel_transaction(); });
}

ShimStatus shim_db_add(ShimDb *db, const ShimDoc *doc, uint32_t *docid)
{
  return write(db, [&](auto &w) {
    Xapian::docid number = w.add_document(doc->doc);
    if (docid != nullptr) *docid = number;
  });
}

ShimStatus shim_db_replace(ShimDb *db, uint32_t docid, const ShimDoc *doc)
{
  return write(db, [&](auto &w) { w.replace_document(docid, doc->doc); });
}

ShimStatus shim_db_replace_term(ShimDb *db, const char *term, size_t len, const ShimDoc *doc,
                                uint32_t *docid)
{
  return write(db, [&](auto &w) {
    Xapian::docid number = w.replace_document(bytes(term, len), doc->doc);
    if (docid != nullptr) *docid = number;
  });
}

ShimStatus shim_db_delete(ShimDb *db, uint32_t docid)
{
  return write(db, [&](auto &w) { w.delete_document(docid); });
}

ShimStatus shim_db_delete_term(ShimDb *db, const char *term, size_t len)
{
  return write(db, [&](auto &w) { w.delete_document(bytes(term, len)); });
}

ShimStatus shim_db_set_metadata(ShimDb *db, const char *key, size_t key_len, const char *value,
                                size_t len)
{
  return write(db, [&](auto &w) { w.set_metadata(bytes(key, key_len), bytes(value, len)); });
}

ShimStatus shim_db_add_synonym(ShimDb *db, const char *term, size_t term_len, const char *synonym,
                               size_t len)
{
  return guard([&] {
    std::string key = bytes(term, term_len);
    std::string other = bytes(synonym, len);
    ShimStatus status = shim_check_term(key);
    // Glass keeps a synonym's length in one byte: an over-long one would damage the whole list.
    if (status == SHIM_OK) status = shim_check_term(other);
    if (status != SHIM_OK) return status;
    return write(db, [&](auto &w) { w.add_synonym(key, other); });
  });
}

ShimStatus shim_db_add_spelling(ShimDb *db, const char *word, size_t len, uint32_t count)
{
  return guard([&] {
    std::string key = bytes(word, len);
    // Xapian would notice at commit, and lose the batch.
    ShimStatus status = shim_check_term(key);
    if (status != SHIM_OK) return status;
    return write(db, [&](auto &w) { w.add_spelling(key, count); });
  });
}

ShimStatus shim_compact(const char *const *from, size_t n, const char *to)
{
  if (n == 0) return shim_fail(SHIM_INVALID, "no database was named");
  return guard([&] {
    Xapian::Database all;
    for (size_t i = 0; i < n; i++) all.add_database(Xapian::Database(from[i]));
    all.compact(to, n == 1 ? Xapian::DBCOMPACT_NO_RENUMBER : 0);
    return SHIM_OK;
  });
}

ShimStatus shim_check(const char *path, size_t *errors)
{
  return guard([&] {
    std::ostringstream report;
    *errors = Xapian::Database::check(path, 0, &report);
    return SHIM_OK;
  });
}

const char *shim_xapian_version(void)
{
  return Xapian::version_string();
}
}
