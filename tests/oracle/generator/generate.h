/* A random C# program from a seed: a tree of pieces, so that the oracle can take pieces away again.
 *
 *   random.c      the numbers
 *   tree.c        pieces, and how they are printed
 *   text.c        strings that live as long as the generator
 *   template.c    the small language of the .def files: holes that become expressions
 *   statement.c   what stands in a method's body
 *   method.c      methods of every kind, async and not
 *   main.c        the command line, the frame of a program
 *   scenario.c    top-level statements that drive one library object through a random life (operation.def)
 *   support.c     classes that every program needs: gates, sources, printing
 *
 * The generator is a tool: it stops with a message when memory runs out, and frees nothing. */
#ifndef ORACLE_GENERATE_H
#define ORACLE_GENERATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum Type {
#define TYPE(id, hole, name) TYPE_##id,
#include "type.def"
#undef TYPE
    TYPE_COUNT,
    TYPE_NONE = TYPE_COUNT /* a method that returns no value */
};
typedef enum Type Type;

/* One piece of the program. `open` and `close` are lines around the children, which are indented; a piece without
 * `open` only groups its children. */
typedef struct Piece Piece;
struct Piece {
    const char *open;  /* NULL: nothing is printed and the children are not indented */
    const char *close; /* NULL: one line */
    Piece *first, *last, *next;
    bool fixed; /* part of every program: not offered to the shrinker */
};

typedef struct Variable Variable;
struct Variable {
    const char *name;
    Type type;
    bool assignable;
    bool of_struct; /* a field of the struct whose method this is: lambdas cannot capture it */
};

/* How a method hands out its result. */
typedef enum Kind {
    KIND_PLAIN,      /* T M() */
    KIND_TASK,       /* async Task<T> M() */
    KIND_VALUE_TASK, /* async ValueTask<T> M() */
    KIND_POOLED,     /* the same with the pooling builder */
    KIND_WRAPPER,    /* not async, returns somebody else's Task<T> or ValueTask<T> */
    KIND_ITERATOR,   /* IEnumerable<T> */
    KIND_STREAM,     /* IAsyncEnumerable<T> */
    KIND_COUNT
} Kind;

typedef enum Place {
    PLACE_LOCAL,    /* static local function of the top-level statements */
    PLACE_STATIC,   /* static method of a static class */
    PLACE_INSTANCE, /* method of a class with fields */
    PLACE_STRUCT,   /* method of a struct with fields */
    PLACE_GENERIC,  /* static generic method M<T>(T extra, ...) */
    PLACE_HOLDER,   /* method of a generic class Holder<T> */
    PLACE_VIRTUAL,  /* overrides an interface's method */
    PLACE_COUNT
} Place;

enum { MAX_PARAMETERS = 4, MAX_VARIABLES = 64, MAX_METHODS = 12, MAX_FEATURES = 128 };

typedef struct Method Method;
struct Method {
    int number;
    Kind kind;
    Place place;
    Type result;        /* TYPE_NONE: Task, ValueTask or void */
    bool as_value_task; /* KIND_WRAPPER: returns a ValueTask */
    Type parameters[MAX_PARAMETERS];
    int parameter_count;
    const char *target; /* what stands before the name in a call: "", "Static.", "(new Host3(1, \"a\"))." */
    long cost;          /* statements that one call runs, roughly */
};

/* Where an expression or statement stands. Saved and restored around lambdas and local functions. */
typedef struct Context Context;
struct Context {
    const Method *method;
    Type result;
    Kind kind;
    bool can_await;
    bool in_lambda;  /* fields of a struct cannot be used */
    bool in_finally; /* no return, no leaving of a loop outside */
    bool in_try;     /* no yield in a try with catch clauses */
    bool in_handler; /* in a catch or finally block */
    int loops;       /* loops that break and continue may leave */
    int depth;       /* of statements */
    long times;      /* how often this place runs, roughly */
    int variable_count;
};

typedef struct Generator Generator;
struct Generator {
    uint64_t random;
    bool pool;     /* operations complete on the thread pool; else inline, when the program opens a gate */
    bool measured; /* async methods are measured: no LINQ in them */
    int next_number;
    Context context;
    Variable variables[MAX_VARIABLES];
    Method methods[MAX_METHODS];
    int method_count;
    long cost; /* of the method that is being written */
    Piece *program, *main, *types;
    const char *features[MAX_FEATURES];
    int feature_count;
};

/* random.c */
uint32_t random_below(Generator *generator, uint32_t limit);
bool random_chance(Generator *generator, uint32_t percent);
/* An index into `weights`, which have a zero at the end. */
int random_weighted(Generator *generator, const uint8_t *weights);

/* text.c */
void *memory_new(size_t size);
/* printf into a new string. */
const char *text(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* A string that grows. */
typedef struct Builder Builder;
struct Builder {
    char *start;
    size_t length, capacity;
};
void builder_add(Builder *builder, const char *what);
void builder_add_char(Builder *builder, char c);
/* The text, which stays valid until more is added; "" for an empty builder. */
const char *builder_text(const Builder *builder);

/* tree.c */
Piece *piece_add(Piece *parent, const char *open, const char *close);
Piece *piece_line(Piece *parent, const char *line);
/* The program. Pieces are numbered in the order of printing; `dropped` and `unwrapped` are lists "3,7,12" or "". */
const char *tree_text(const Piece *root, const char *dropped, const char *unwrapped);
/* A line "number end" per piece. */
const char *tree_pieces(const Piece *root);

/* template.c */
const char *type_name(Type type);
/* An expression of the type, in parentheses where needed. `depth` limits its size. */
const char *expression(Generator *generator, Type type, int depth);
/* An expression without await. */
const char *plain_expression(Generator *generator, Type type, int depth);
/* The template with its holes filled; NULL if a variable it asks for does not exist. */
const char *fill(Generator *generator, const char *pattern, Type own, int depth);
Type random_type(Generator *generator);
/* Declares a variable in the current context; false if there is no room. */
bool declare(Generator *generator, const char *name, Type type, bool assignable);
int next_number(Generator *generator);
void feature(Generator *generator, const char *name);

/* statement.c */
/* Fills a body with statements. A method that returns a value still needs its last `return`. */
void statements(Generator *generator, Piece *body, int count);
/* An expression to await that has no value. */
const char *awaitable_void(Generator *generator);
/* An expression of type Task<T> or ValueTask<T>, not yet awaited. */
const char *awaitable(Generator *generator, Type type, int depth);
/* A call of a method as `M3(1, "x")`. */
const char *call(Generator *generator, const Method *method, int depth);
/* A method with such a result that may be called here, or NULL. */
const Method *find_method(Generator *generator, Type result, bool asynchronous);
const char *show(Type type, const char *value);

/* method.c */
void write_method(Generator *generator);
const char *method_type(const Method *method);
bool is_asynchronous(const Method *method);

/* scenario.c */
void write_scenario(Generator *generator);

/* support.c */
/* The shared classes that `program` needs, and those that these need. */
const char *support_text(const Generator *generator, const char *program);

#endif
