/* A stand-in for libFuzzer where clang is not installed: calls LLVMFuzzerTestOneInput with mutated seeds.
 *
 *   NAME [-max_total_time=S] [-runs=N] [-seed=N] [-timeout=S] [-max_len=BYTES] [-artifact_prefix=P] SEEDS...
 *
 * SEEDS are files and folders of files. Files alone, with no folder and no option that sets an end, are run once each,
 * unchanged: that is how a finding is repeated. The same seed gives the same inputs. It sees no coverage, so it is no
 * match for libFuzzer; with the sanitizers on it still finds what bad input breaks.
 */
#include <dirent.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
void __sanitizer_set_death_callback(void (*callback)(void));

enum { DEFAULT_MAX_LEN = 4096, MAX_MUTATIONS = 8, MAX_REPEAT = 2000 };

typedef struct {
    uint8_t *bytes;
    size_t size;
} Input;

typedef struct {
    long max_total_time; /* seconds; 0: no limit */
    long runs;           /* 0: no limit */
    long timeout;        /* seconds for one input */
    size_t max_len;
    uint64_t seed;
    const char *artifact_prefix;
    bool repeat_only; /* run the given files once, unchanged */
} Options;

typedef struct {
    Input *inputs;
    size_t count;
} Corpus;

/* The one input that is being run, for the handlers that save it; they can be given nothing. */
static Input current;
static const char *current_prefix = "";

/* stdio in a signal handler is not safe by the book; the process is about to end anyway, and the input is worth it. */
static void save_current(void)
{
    char path[512];
    size_t length = strlen(current_prefix);
    static const char name[] = "finding";
    if (length + sizeof name > sizeof path) {
        return;
    }
    memcpy(path, current_prefix, length);
    memcpy(path + length, name, sizeof name);
    FILE *file = fopen(path, "wb");
    if (file != NULL) {
        fwrite(current.bytes, 1, current.size, file);
        fclose(file);
        fprintf(stderr, "driver: the input was saved in %s\n", path);
    }
}

static void on_timeout(int number)
{
    (void)number;
    fputs("driver: one input took too long\n", stderr);
    save_current();
    _exit(70);
}

static void on_abort(int number)
{
    save_current();
    signal(number, SIG_DFL);
    raise(number);
}

static uint64_t next_random(uint64_t *state)
{
    uint64_t value = (*state += UINT64_C(0x9E3779B97F4A7C15));
    value = (value ^ (value >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    value = (value ^ (value >> 27)) * UINT64_C(0x94D049BB133111EB);
    return value ^ (value >> 31);
}

static size_t below(uint64_t *state, size_t limit)
{
    return limit == 0 ? 0 : (size_t)(next_random(state) % limit);
}

static bool read_input(const char *path, Input *input)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return false;
    }
    size_t capacity = 4096;
    *input = (Input){malloc(capacity), 0};
    for (size_t got;
         input->bytes != NULL && (got = fread(input->bytes + input->size, 1, capacity - input->size, file)) > 0;) {
        input->size += got;
        if (input->size == capacity) {
            capacity *= 2;
            uint8_t *grown = realloc(input->bytes, capacity);
            if (grown == NULL) {
                free(input->bytes);
            }
            input->bytes = grown;
        }
    }
    fclose(file);
    return input->bytes != NULL;
}

static void add_file(Corpus *corpus, const char *path)
{
    Input input;
    if (!read_input(path, &input)) {
        fprintf(stderr, "driver: cannot read %s\n", path);
        return;
    }
    Input *grown = realloc(corpus->inputs, (corpus->count + 1) * sizeof *grown);
    if (grown == NULL) {
        free(input.bytes);
        return;
    }
    corpus->inputs = grown;
    corpus->inputs[corpus->count++] = input;
}

/* Sorted, because the order of a folder differs between file systems and the run must not. */
static void add_folder(Corpus *corpus, const char *folder)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        char path[4096];
        struct stat info;
        int length = snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        if (length > 0 && (size_t)length < sizeof path && stat(path, &info) == 0 && S_ISREG(info.st_mode)) {
            add_file(corpus, path);
        }
        free(entries[i]);
    }
    if (count >= 0) {
        free(entries);
    }
}

/* Words that matter to a C# front end; a mutation puts one of them somewhere. One per line they would fill pages. */
/* clang-format off */
static const char *const words[] = {
    "await ", "async ", "Task<int> ", "ValueTask<int> ", "(", ")", "{", "}", "[", "]", "<", ">", ";", "=>", "\"",
    "$\"", "@\"", "\"\"\"", "'", "\\", "//", "/*", "*/", "0x7FFFFFFF", "-2147483648", "9223372036854775807", "1e308",
    "null", "default", "new ", "ref ", "out var x", "yield return ", "static ", "class A : A { }",
    "struct S { S s; }", "where T : ", "\n#if", "\r", "\t", ".", "?.", "?\?=", "...", "goto ", "switch { _ => ",
    "try { } finally { ", "catch when (", "throw ", "this", "base.", "\xEF\xBB\xBF", "\xF0\x9F\x99\x82", "\xC3",
    "for (;;) ", "while (true) ", "return ", "typeof(", "nameof(", "lock (", "using ", "<<<", ">>>=",
};
/* clang-format on */

/* Replaces size bytes at `at` by count new ones; the input grows or shrinks, never beyond max_len. */
static void splice(Input *input, size_t at, size_t size, const uint8_t *bytes, size_t count, size_t max_len)
{
    if (input->size - size + count > max_len) {
        return;
    }
    memmove(input->bytes + at + count, input->bytes + at + size, input->size - at - size);
    if (count > 0) {
        memcpy(input->bytes + at, bytes, count);
    }
    input->size = input->size - size + count;
}

/* The piece at `at` comes again `times` times, as often as there is room: nesting is what breaks parsers. */
static void repeat_piece(Input *input, size_t at, size_t size, size_t times, size_t max_len)
{
    if (size == 0 || input->size >= max_len) {
        return;
    }
    size_t room = (max_len - input->size) / size;
    size_t added = (times < room ? times : room) * size;
    memmove(input->bytes + at + added, input->bytes + at, input->size - at);
    /* Filled from the back of the gap, where the original now begins. */
    for (size_t i = added; i > 0; i--) {
        input->bytes[at + i - 1] = input->bytes[at + i - 1 + size];
    }
    input->size += added;
}

static void mutate_once(Input *input, const Corpus *corpus, size_t max_len, uint64_t *random)
{
    size_t at = below(random, input->size);
    size_t rest = input->size - at;
    size_t size = below(random, rest < 64 ? rest + 1 : 64);
    const Input *other = &corpus->inputs[below(random, corpus->count)];
    size_t from = below(random, other->size);
    const char *word = words[below(random, sizeof words / sizeof words[0])];
    uint8_t byte = (uint8_t)next_random(random);

    switch (below(random, 8)) {
    case 0: /* one byte becomes another */
        splice(input, at, rest > 0 ? 1 : 0, &byte, 1, max_len);
        break;
    case 1: /* a piece vanishes */
        splice(input, at, size, NULL, 0, max_len);
        break;
    case 2: /* everything behind a place vanishes */
        input->size = at;
        break;
    case 3: /* a piece comes again, many times: depth */
        repeat_piece(input, at, size % 8 < rest ? size % 8 : rest, below(random, MAX_REPEAT), max_len);
        break;
    case 4: /* a piece of another seed comes in */
        splice(input, at, size, other->bytes + from, below(random, other->size - from + 1), max_len);
        break;
    default: /* a word comes in */
        splice(input, at, byte % 2 == 0 ? size % 8 < rest ? size % 8 : rest : 0, (const uint8_t *)word, strlen(word),
               max_len);
        break;
    }
}

/* The target gets a block of exactly the right size, so that the sanitizer sees one byte too far. */
static void run_input(const Input *input, long timeout)
{
    current.bytes = malloc(input->size > 0 ? input->size : 1);
    if (current.bytes == NULL) {
        return;
    }
    current.size = input->size;
    memcpy(current.bytes, input->bytes, input->size);
    alarm((unsigned)timeout);
    LLVMFuzzerTestOneInput(current.bytes, current.size);
    alarm(0);
    free(current.bytes);
    current = (Input){0};
}

static bool number_option(const char *argument, const char *name, long *value)
{
    size_t length = strlen(name);
    if (strncmp(argument, name, length) != 0) {
        return false;
    }
    *value = strtol(argument + length, NULL, 10);
    return true;
}

static void read_arguments(int argc, char **argv, Options *options, Corpus *corpus)
{
    static const char prefix[] = "-artifact_prefix=";
    long seed = 1, max_len = DEFAULT_MAX_LEN;
    bool folders = false;
    for (int i = 1; i < argc; i++) {
        struct stat info;
        if (strncmp(argv[i], prefix, sizeof prefix - 1) == 0) {
            options->artifact_prefix = argv[i] + sizeof prefix - 1;
        } else if (argv[i][0] == '-') {
            /* libFuzzer's other options are accepted, so that one command line serves both. */
            (void)(number_option(argv[i], "-max_total_time=", &options->max_total_time) ||
                   number_option(argv[i], "-runs=", &options->runs) ||
                   number_option(argv[i], "-timeout=", &options->timeout) || number_option(argv[i], "-seed=", &seed) ||
                   number_option(argv[i], "-max_len=", &max_len));
        } else if (stat(argv[i], &info) == 0 && S_ISDIR(info.st_mode)) {
            folders = true;
            add_folder(corpus, argv[i]);
        } else {
            add_file(corpus, argv[i]);
        }
    }
    options->seed = (uint64_t)seed;
    options->max_len = (size_t)max_len;
    options->repeat_only = !folders && corpus->count > 0 && options->runs == 0 && options->max_total_time == 0;
}

static long fuzz(const Options *options, const Corpus *corpus)
{
    uint64_t random = options->seed;
    time_t start = time(NULL);
    Input input = {malloc(options->max_len + 1), 0};
    long done = 0;
    while (input.bytes != NULL && (options->runs == 0 || done < options->runs) &&
           (options->max_total_time == 0 || time(NULL) - start < options->max_total_time)) {
        const Input *seed = &corpus->inputs[below(&random, corpus->count)];
        input.size = seed->size < options->max_len ? seed->size : options->max_len;
        memcpy(input.bytes, seed->bytes, input.size);
        for (size_t i = below(&random, MAX_MUTATIONS) + 1; i > 0; i--) {
            mutate_once(&input, corpus, options->max_len, &random);
        }
        run_input(&input, options->timeout);
        done++;
    }
    free(input.bytes);
    return done;
}

int main(int argc, char **argv)
{
    Options options = {.timeout = 10, .artifact_prefix = ""};
    Corpus corpus = {0};
    read_arguments(argc, argv, &options, &corpus);
    current_prefix = options.artifact_prefix;
    signal(SIGALRM, on_timeout);
    signal(SIGABRT, on_abort);
    __sanitizer_set_death_callback(save_current);

    for (size_t i = 0; i < corpus.count; i++) {
        run_input(&corpus.inputs[i], options.timeout);
    }
    long done = (long)corpus.count;
    if (!options.repeat_only) {
        static uint8_t nothing[1];
        Corpus empty = {&(Input){nothing, 0}, 1};
        done += fuzz(&options, corpus.count > 0 ? &corpus : &empty);
    }
    for (size_t i = 0; i < corpus.count; i++) {
        free(corpus.inputs[i].bytes);
    }
    free(corpus.inputs);
    printf("driver: %ld inputs, no finding\n", done);
    return 0;
}
