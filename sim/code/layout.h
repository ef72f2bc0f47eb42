/* Where the CLR (CoreCLR, x64) places fields. Sizes are never written down anywhere: they follow from this. */
#ifndef AWAITLAB_CODE_LAYOUT_H
#define AWAITLAB_CODE_LAYOUT_H

#include "base/arena.h"

typedef struct LayoutField {
    uint32_t size;
    uint32_t align; /* of a struct's own layout; primitives and references: ignored, their size counts */
    bool is_reference;
    bool is_struct;      /* a struct-typed field; enums count as their primitive */
    bool has_references; /* struct: contains references somewhere */
    uint32_t offset;     /* result */
} LayoutField;

typedef struct LayoutResult {
    uint32_t end;  /* end of the last field: where a derived class goes on */
    uint32_t size; /* of a value of this struct type, rounded; at least 1 */
    uint32_t align;
    bool has_references;
} LayoutResult;

/* A class whose base class's fields end at `parent_end` (0: no fields). Offsets count from the first field byte. */
LayoutResult layout_class(LayoutField *fields, uint32_t count, uint32_t parent_end);
/* A struct with automatic layout. */
LayoutResult layout_auto(LayoutField *fields, uint32_t count);
/* A struct with sequential layout: C's rules, unless it holds references: then automatic. */
LayoutResult layout_sequential(LayoutField *fields, uint32_t count);
/* Heap bytes of an object whose fields end at `end`. */
uint32_t layout_object_size(uint32_t end);
/* Heap bytes of an array, and of a string of `count` UTF-16 units. */
uint64_t layout_array_size(uint64_t count, uint32_t element_size);
uint64_t layout_string_size(uint64_t count);

#endif
