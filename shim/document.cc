// document.cc - see document.h
#include "document.h"

#include "internal.hh"

extern "C" {

ShimStatus shim_doc_new(ShimDoc **doc)
{
  return guard([&] {
    *doc = new ShimDoc();
    return SHIM_OK;
  });
}

void shim_doc_free(ShimDoc *doc)
{
  delete doc;
}

ShimStatus shim_doc_add_term(ShimDoc *doc, const char *term, size_t len, uint32_t weight)
{
  return guard([&] {
    std::string name = bytes(term, len);
    ShimStatus status = shim_check_term(name);
    if (status != SHIM_OK) return status;
    doc->doc.add_term(name, weight);
    return SHIM_OK;
  });
}

ShimStatus shim_doc_set_value(ShimDoc *doc, unsigned slot, const char *value, size_t len)
{
  return guard([&] {
    doc->doc.add_value(slot, bytes(value, len));
    return SHIM_OK;
  });
}

ShimStatus shim_doc_set_data(ShimDoc *doc, const char *data, size_t len)
{
  return guard([&] {
    doc->doc.set_data(bytes(data, len));
    return SHIM_OK;
  });
}

static ShimStatus hand_out(ShimDoc *doc, std::string &&from, const char **data, size_t *len)
{
  doc->buffer = std::move(from);
  *data = doc->buffer.c_str();
  *len = doc->buffer.size();
  return SHIM_OK;
}

ShimStatus shim_doc_data(ShimDoc *doc, const char **data, size_t *len)
{
  return guard([&] { return hand_out(doc, doc->doc.get_data(), data, len); });
}

ShimStatus shim_doc_value(ShimDoc *doc, unsigned slot, const char **value, size_t *len)
{
  return guard([&] { return hand_out(doc, doc->doc.get_value(slot), value, len); });
}
}
