// language.cc - see language.h
#include "language.h"

#include <cstdio> // CLD2's header needs it and does not say so
#include <limits>

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include "internal.hh"

extern "C" ShimStatus shim_detect_language(const char *text, size_t len, ShimLanguage *language)
{
  if (len > static_cast<size_t>(std::numeric_limits<int>::max()))
    return shim_fail(SHIM_RANGE, "the text is too long for CLD2");
  return guard([&] {
    CLD2::Language found[3] = {CLD2::UNKNOWN_LANGUAGE};
    int percent[3] = {0}, bytes_of_text = 0, valid = static_cast<int>(len), wanted = 0;
    bool reliable = false;
    CLD2::CLDHints hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
    double score[3];
    // At a bad byte CLD2 stops before it sets anything else, and tells where it is.
    do {
      wanted = valid;
      CLD2::ExtDetectLanguageSummaryCheckUTF8(text, wanted, true, &hints, 0, found, percent, score,
                                              nullptr, &bytes_of_text, &reliable, &valid);
    } while (valid < wanted);
    ShimLanguage answer = {};
    const char *code = found[0] == CLD2::UNKNOWN_LANGUAGE ? "und" : CLD2::LanguageCode(found[0]);
    std::snprintf(answer.code, sizeof answer.code, "%s", code);
    answer.percent = percent[0];
    answer.reliable = reliable;
    *language = answer;
    return SHIM_OK;
  });
}
