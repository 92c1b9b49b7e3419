/* spots.h - a condition on where an article's words stand: beside each other, near each other,
 * often.
 *
 * A condition has operands, an operand has sequences of steps, a step has terms. A sequence occurs
 * where terms of its steps stand beside each other, in order, in one section; an operand where any
 * of its sequences does. The first term comes after the first step, that after the first sequence,
 * and that after the first operand. */
#ifndef SITREP_SPOTS_H
#define SITREP_SPOTS_H

#include "positions_find.h"
#include <glib.h>

typedef enum SpotsKind {
  SPOTS_TIMES,  /* occurrences of the operand (there is one) begin at `number` places or more */
  SPOTS_NEAR,   /* one occurrence of each operand, none overlapping another, in one section, with
                   less than `number` words between the first and the last that are part of none */
  SPOTS_ORDERED /* the same, in the order of the operands */
} SpotsKind;

/* More operands than so many SPOTS_NEAR does not take: an article costs 2^n. */
enum { SPOTS_OPERANDS_MAX = 8 };

typedef struct Spots Spots;

/* An empty condition. Free with spots_free(). */
Spots *spots_new(SpotsKind kind, guint number);
void spots_free(Spots *spots); /* NULL is allowed */

void spots_add_operand(Spots *spots);
void spots_add_sequence(Spots *spots);
void spots_add_step(Spots *spots);
void spots_add_term(Spots *spots, const char *term);

/* Its different terms, char *. Owned by the condition. */
const GPtrArray *spots_terms(const Spots *spots);

/* TRUE when the condition holds for an article's packed positions. The article must hold a term of
 * each step of one sequence of each operand, and `has` say whether it holds a term; it is not asked
 * where that follows. Nothing may be added afterwards. */
gboolean spots_hold(Spots *spots, const char *packed, gsize len, PositionHas has, void *context);

#endif
