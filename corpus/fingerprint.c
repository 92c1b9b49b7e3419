/* fingerprint.c - see fingerprint.h */
#include "fingerprint.h"

enum {
  PART_BITS = 5,     /* of a shingle's hash tell its part */
  AWAY = 0x2545f491, /* parts that took over one hash differ by this; odd, so in their low bytes */
  COPY_MIN = 20      /* bytes that agree in copies: of 351 such pairs of Reuters in 1987, 325 are at
                        most two days apart, as repeats and corrections are, others daily and weekly
                        forms with new figures; with 18 it is 349 of 388, with 22 307 of 320 */
};

G_STATIC_ASSERT(1 << PART_BITS == FINGERPRINT_SIZE);
G_STATIC_ASSERT(FINGERPRINT_BANDS *FINGERPRINT_ROWS <= FINGERPRINT_SIZE);

static const guint32 NO_HASH = G_MAXUINT32; /* hashes have 31 bits */

void sketch_start(Sketch *sketch)
{
  sketch->words = 0;
  for (guint i = 0; i < FINGERPRINT_SIZE; i++) sketch->least[i] = NO_HASH;
}

/* The finalizer of MurmurHash3 (Appleby, https://github.com/aappleby/smhasher), 64 bits. */
static guint64 mix(guint64 hash)
{
  hash = (hash ^ (hash >> 33)) * G_GUINT64_CONSTANT(0xff51afd7ed558ccd);
  hash = (hash ^ (hash >> 33)) * G_GUINT64_CONSTANT(0xc4ceb9fe1a85ec53);
  return hash ^ (hash >> 33);
}

void sketch_add(Sketch *sketch, guint64 hash)
{
  sketch->last[sketch->words++ % FINGERPRINT_SHINGLE] = hash;
  if (sketch->words < FINGERPRINT_SHINGLE) return;
  guint64 shingle = 0;
  for (guint i = 0; i < FINGERPRINT_SHINGLE; i++) {
    guint64 word = sketch->last[(sketch->words + i) % FINGERPRINT_SHINGLE];
    shingle = shingle * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15) + word; /* odd, so order counts */
  }
  shingle = mix(shingle);
  guint32 *least = &sketch->least[shingle >> (64 - PART_BITS)];
  guint32 value = (guint32)shingle & G_MAXINT32;
  if (value < *least) *least = value;
}

gboolean sketch_end(Sketch *sketch, guint8 fingerprint[FINGERPRINT_SIZE])
{
  if (sketch->words < FINGERPRINT_WORDS_MIN) return FALSE;
  for (guint i = 0; i < FINGERPRINT_SIZE; i++) {
    guint32 from = i, away = 0;
    for (; sketch->least[from] == NO_HASH; away++) from = (from + 1) % FINGERPRINT_SIZE;
    sketch->least[i] = sketch->least[from] + away * AWAY;
  }
  for (guint i = 0; i < FINGERPRINT_SIZE; i++) fingerprint[i] = (guint8)sketch->least[i];
  return TRUE;
}

void sketch_term(const Sketch *sketch, guint band, GString *term)
{
  guint64 hash = 0;
  for (guint i = 0; i < FINGERPRINT_ROWS; i++)
    hash = mix(hash + sketch->least[band * FINGERPRINT_ROWS + i]);
  const guint8 bytes[] = {(guint8)hash, (guint8)(hash >> 8), (guint8)(hash >> 16)};
  g_autofree char *text = g_base64_encode(bytes, sizeof(bytes));
  g_string_printf(term, FINGERPRINT_PREFIX "%u%s", band, text);
}

guint fingerprint_agreement(const guint8 *a, const guint8 *b)
{
  guint n = 0;
  for (guint i = 0; i < FINGERPRINT_SIZE; i++) n += a[i] == b[i];
  return n;
}

gboolean fingerprint_is_copy(const guint8 *a, const guint8 *b)
{
  return fingerprint_agreement(a, b) >= COPY_MIN;
}
