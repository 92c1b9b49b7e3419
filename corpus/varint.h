/* varint.h - numbers in as many bytes as they need: base 128, low digits first, the upper bit set
 * on all bytes but the last, as in Protocol Buffers. */
#ifndef SITREP_VARINT_H
#define SITREP_VARINT_H

#include <glib.h>

static inline void varint_append(GString *out, guint32 number)
{
  for (; number >= 0x80; number >>= 7) g_string_append_c(out, (char)(0x80 | (number & 0x7F)));
  g_string_append_c(out, (char)number);
}

/* Reads the next number from `*at` on, which moves behind it. FALSE at `end`, also when what is
 * there is cut off in a number. Numbers over 32 bits lose the upper ones. */
static inline gboolean varint_next(const char **at, const char *end, guint32 *number)
{
  guint32 sum = 0;
  for (unsigned shift = 0; *at < end; shift += 7) {
    guint8 byte = (guint8) * (*at)++;
    if (shift < 32) sum |= (guint32)(byte & 0x7F) << shift;
    if (byte >= 0x80) continue;
    *number = sum;
    return TRUE;
  }
  return FALSE;
}

#endif
