/* The door of the front end: text in, program out. */
#ifndef AWAITLAB_LANG_LANG_H
#define AWAITLAB_LANG_LANG_H

#include "code/program.h"
#include "lang/bound.h"
#include "lang/parser.h"

/* --- load.c, compile_*.c: from symbols and lowered bodies to the program -------------------------------------------
 */
typedef struct Loader Loader;

Loader *loader_new(World *world, Program *program);
/* How methods are compiled from now on; both are on at first. Set once, before anything is compiled, and the same for
 * runs that are to be compared: inlining: small methods of the core library are compiled into their callers (their
 * frames are not seen then); events: protocol events that are raised and counted (of the others nobody will ever hear
 * in this session). */
typedef enum EventLevel {
    EVENTS_NONE,
    EVENTS_WATCHED, /* what finding misuse takes: Protocol.RaiseWatched, and where the user gets a ValueTask */
    EVENTS_ALL,
} EventLevel;
void loader_set_options(Loader *loader, bool inlining, EventLevel events);
EventLevel loader_event_level(const Loader *loader);
bool loader_has_events(const Loader *loader);
/* Whether methods with a C twin use it (they do unless inlining is off); for tests, which compare the two. */
void loader_set_intrinsics(Loader *loader, bool intrinsics);
/* Why the arena was said to be exhausted although the host still has memory; "" otherwise. */
const char *loader_trouble(const Loader *loader);
/* The runtime type of a closed Type (loaded with its layout on first use). */
TypeId load_type(Loader *loader, Type *type);
/* The runtime method of a closed reference; not compiled yet. */
MethodId load_method(Loader *loader, MethodRef ref);
/* Binds, lowers and compiles one method's body to bytecode. False: it has errors (reported in world->diagnostics). */
bool compile_method(Loader *loader, MethodId id);
MethodId load_resolve_virtual(Loader *loader, TypeId type, MethodId asked);
bool load_is_assignable(Loader *loader, TypeId from, TypeId to);
TypeId load_array_of(Loader *loader, TypeId element);
/* For Host.type_facts; *facts is all zero before. */
void load_type_facts(Loader *loader, TypeId type, TypeFacts *facts);

/* --- world.c, check_*.c --------------------------------------------------------------------------------------------
 */
/* A world with the core library declared (lazily). Jumps to arena->exhausted when memory runs out. */
World *world_new(Arena *arena, SourceMap *sources);
/* Declares every type of the core library, for those who want to see them all. */
void world_load_library(World *world);
/* Adds a user's file: parses it and declares what is in it. */
void world_add_file(World *world, const SourceFile *file);
/* Checks everything in user files: declarations, then every body, generic ones in open form. False: errors. */
bool world_check(World *world);
/* The definition called `full_name` ("System.Threading.Tasks.ValueTask`1", nested with '+'), NULL if there is none. */
TypeDefinition *world_find_type(World *world, const char *full_name);
/* A type written as C# text ("ValueTask<int>", "Dictionary<int, string>.Enumerator"), as for --layout; NULL +
 * diagnostics. */
Type *world_type_from_text(World *world, const char *text);

#endif
