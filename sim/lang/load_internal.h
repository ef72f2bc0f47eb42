/* Between load.c and compile_*.c: what the loader knows about closed types and methods. Not for others. */
#ifndef AWAITLAB_LANG_LOAD_INTERNAL_H
#define AWAITLAB_LANG_LOAD_INTERNAL_H

#include "code/op.h"
#include "lang/bound.h"
#include "lang/lang.h"

typedef struct TypeInfo {
    Type *type; /* closed, plain */
    RuntimeType *runtime;
    RuntimeField *fields; /* by Field.index; name NULL: no storage (constants) or not placed yet */
    uint32_t field_count;
} TypeInfo;

typedef struct MethodInfo {
    MethodRef ref; /* closed, plain */
    RuntimeMethod *runtime;
} MethodInfo;

/* The closed instances of one method definition. */
struct MethodInstances {
    MethodId *ids;
    uint32_t count, capacity;
};

struct Loader {
    World *world;
    Program *program;
    Arena *arena;
    TypeInfo **types; /* by TypeId */
    uint32_t type_capacity;
    MethodInfo **methods; /* by MethodId */
    uint32_t method_capacity;
    bool inlining;     /* small methods of the core library are compiled into their callers */
    EventLevel events; /* protocol events that are compiled in */
    bool intrinsics;   /* with inlining: C twins and single instructions stand for some methods */
    Name name_ctor, name_cctor, name_invoke;
    TypeDefinition *array_helper; /* System.SZArrayHelper, or NULL */
    bool array_helper_known;
    const char *trouble; /* a limit was hit, see loader_trouble */
};

TypeInfo *load_type_info(Loader *loader, TypeId id);
MethodInfo *load_method_info(Loader *loader, MethodId id);
RuntimeType *load_runtime_type(Loader *loader, Type *type);
/* The storage of a field (of a closed owner); adds static fields that lowering made after the type was loaded. */
RuntimeField *load_field(Loader *loader, FieldRef ref, TypeId *owner);
/* Shape of a variable of a closed type, without loading reference types. */
Shape load_shape(Loader *loader, Type *type);
bool load_is_reference(const Type *type);
bool load_assignable(Loader *loader, Type *from, Type *to);
/* The closed method that a virtual call of `slot` on an object of closed type `type` runs; .method NULL: none. */
MethodRef load_find_method(Loader *loader, Type *type, MethodRef slot);
/* A reference whose owner is the constructed type that declares the method, all types plain. */
MethodRef load_normal_ref(Loader *loader, MethodRef ref);
bool load_same_ref(MethodRef a, MethodRef b);
/* Does the declaration carry [MethodImpl(MethodImplOptions.<option>)]? */
bool load_has_impl_option(const Method *method, const char *option);
/* [Framed]: user code, which .NET does not optimize, calls the method, so it has a frame of its own in stack traces. */
bool load_is_framed(const Method *method);
/* [Unframed]: never a frame of its own. */
bool load_is_unframed(const Method *method);
bool load_is_watched(const Method *method); /* [Watched] */

#endif
