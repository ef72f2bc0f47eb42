/* Commands about the session itself: history, reset, edit, set, load, transcript. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command_internal.h"
#include "file.h"
#include "suggest.h"

ExitCode command_refuse(Repl *repl, const char *format, ...)
{
    char *text = NULL;
    va_list arguments;
    va_start(arguments, format);
    int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    printer_complain(&repl->printer, "%s", length < 0 ? "out of memory" : text);
    free(length < 0 ? NULL : text);
    return EXIT_USAGE;
}

char *command_next_word(const char **text)
{
    const char *at = *text + strspn(*text, " \t");
    bool is_quoted = *at == '"';
    const char *word = at + is_quoted;
    size_t length = strcspn(word, is_quoted ? "\"" : " \t");
    if (!*at) {
        return NULL;
    }
    *text = word + length + (is_quoted && word[length]);
    return strndup(word, length);
}

bool command_read_number(const char *text, int64_t *number)
{
    char *end;
    errno = 0;
    bool is_start =
        isdigit((unsigned char)*text) || ((*text == '-' || *text == '+') && isdigit((unsigned char)text[1]));
    *number = is_start ? strtoll(text, &end, 10) : 0;
    return is_start && !*end && errno == 0;
}

/* ---- history ----------------------------------------------------------------------------------------------------- */

ExitCode command_history(Repl *repl, CommandId id, const char *arguments)
{
    (void)id;
    int64_t wanted = INT32_MAX;
    if (*arguments && (!command_read_number(arguments, &wanted) || wanted < 0)) {
        return command_refuse(repl, "history needs a number of inputs, not '%s'", arguments);
    }
    uint32_t from = repl->typed_count > wanted ? repl->typed_count - (uint32_t)wanted : 0;
    for (uint32_t i = from; i < repl->typed_count; i++) {
        printer_print(&repl->printer, "%5u  ", i + 1);
        for (const char *at = repl->typed[i]; *at;) {
            size_t length = strcspn(at, "\n");
            printer_print(&repl->printer, "%.*s\n%s", (int)length, at, at[length] ? "       " : "");
            at += length + (at[length] == '\n');
        }
    }
    return EXIT_DONE;
}

/* ---- reset, load ------------------------------------------------------------------------------------------------- */

ExitCode command_reset(Repl *repl, CommandId id, const char *arguments)
{
    (void)id;
    (void)arguments;
    repl_forget_session(repl);
    return EXIT_DONE;
}

ExitCode command_load(Repl *repl, CommandId id, const char *arguments)
{
    (void)id;
    char *path = command_next_word(&arguments);
    if (!path || !*path) {
        free(path);
        return command_refuse(repl, "load needs the name of a file");
    }
    ExitCode code = repl_load(repl, path, true);
    free(path);
    return code;
}

/* ---- transcript -------------------------------------------------------------------------------------------------- */

ExitCode command_transcript(Repl *repl, CommandId id, const char *arguments)
{
    (void)id;
    Printer *printer = &repl->printer;
    if (!*arguments) {
        printer_print(printer, "%s%s\n", printer->transcript ? "transcript: " : "no transcript is written",
                      printer->transcript ? printer->transcript_name : "");
        return EXIT_DONE;
    }
    bool is_off = strcmp(arguments, "off") == 0;
    char *name = is_off ? NULL : command_next_word(&arguments);
    ExitCode code = EXIT_DONE;
    if (!printer_set_transcript(printer, name)) {
        code = command_refuse(repl, "cannot write %s: %s", name, strerror(errno));
    }
    free(name);
    return code;
}

/* ---- edit -------------------------------------------------------------------------------------------------------- */

static const char *editor(void)
{
    const char *visual = getenv("VISUAL");
    const char *plain = getenv("EDITOR");
    return visual && *visual ? visual : plain && *plain ? plain : "vi";
}

/* $EDITOR may hold options: the shell takes it apart. False: it could not be run, or it failed. */
static bool run_editor(Repl *repl, const char *path)
{
    printer_flush(&repl->printer);
    pid_t child = fork();
    if (child == 0) {
        setenv("AWAITLAB_EDITED_FILE", path, 1);
        char *command = NULL;
        if (asprintf(&command, "%s \"$AWAITLAB_EDITED_FILE\"", editor()) >= 0) {
            execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        }
        _exit(127);
    }
    int status = 0;
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* The newest C# typed; "" when there is none. */
static const char *last_code(Repl *repl)
{
    for (uint32_t i = repl->typed_count; i-- > 0;) {
        if (command_read_line(repl->typed[i], repl_is_name, repl).kind == LINE_CODE) {
            return repl->typed[i];
        }
    }
    return "";
}

static char *write_draft(const char *text)
{
    const char *folder = getenv("TMPDIR");
    char *path = NULL;
    if (asprintf(&path, "%s/awaitlab-XXXXXX.cs", folder && *folder ? folder : "/tmp") < 0) {
        return NULL;
    }
    int file = mkstemps(path, 3);
    FILE *stream = file >= 0 ? fdopen(file, "w") : NULL;
    if (!stream) {
        free(path);
        return NULL;
    }
    fprintf(stream, "%s\n", text);
    fclose(stream);
    return path;
}

static ExitCode do_draft(Repl *repl, const char *path)
{
    FileText text = file_read(path, SESSION_SOURCE_LIMIT);
    ExitCode code = EXIT_USAGE;
    if (!text.bytes) {
        command_refuse(repl, "cannot read %s: %s", path, strerror(errno));
    } else {
        while (text.length && isspace((unsigned char)text.bytes[text.length - 1])) {
            text.bytes[--text.length] = 0;
        }
        printer_print(&repl->printer, "%s%s", text.bytes, text.length ? "\n" : "");
        code = repl_do(repl, text.bytes);
        if (repl->edit) {
            line_edit_remember(repl->edit, text.bytes);
        }
    }
    free(text.bytes);
    return code;
}

/* The text as the editor left it, without space at its end; malloc'd, NULL: it could not be had. */
char *command_edit_text(Repl *repl, const char *text)
{
    char *path = write_draft(text);
    FileText edited = {0};
    if (path && run_editor(repl, path)) {
        edited = file_read(path, SESSION_SOURCE_LIMIT);
    }
    while (edited.length && isspace((unsigned char)edited.bytes[edited.length - 1])) {
        edited.bytes[--edited.length] = 0;
    }
    if (path) {
        unlink(path);
    }
    free(path);
    return edited.bytes;
}

ExitCode command_edit(Repl *repl, CommandId id, const char *arguments)
{
    (void)id;
    char *path = *arguments ? command_next_word(&arguments) : write_draft(last_code(repl));
    if (!path) {
        return command_refuse(repl, "cannot make a file to edit: %s", strerror(errno));
    }
    bool is_draft = strstr(path, "/awaitlab-") != NULL;
    ExitCode code = run_editor(repl, path) ? is_draft ? do_draft(repl, path) : command_load(repl, DO_LOAD, path)
                                           : command_refuse(repl, "the editor '%s' failed", editor());
    if (is_draft) {
        unlink(path);
    }
    free(path);
    return code;
}

/* ---- set --------------------------------------------------------------------------------------------------------- */

typedef enum SettingKind { SETTING_SWITCH, SETTING_NUMBER } SettingKind;

static const struct {
    const char *name;
    SettingKind kind;
    const char *values, *sentence;
    size_t offset;
} setting_rows[] = {
#define SETTING(id, name, kind, value, values, sentence) {name, kind, values, sentence, offsetof(Settings, id)},
#include "setting.def"
};
enum { SETTING_ROWS = sizeof setting_rows / sizeof *setting_rows };

static int64_t *setting(Repl *repl, uint32_t index)
{
    return (int64_t *)(void *)((char *)&repl->settings + setting_rows[index].offset);
}

static void print_setting(Repl *repl, uint32_t index)
{
    int64_t value = *setting(repl, index);
    char words[32];
    if (setting_rows[index].kind == SETTING_SWITCH) {
        snprintf(words, sizeof words, "%s", value ? "on" : "off");
    } else {
        snprintf(words, sizeof words, "%lld", (long long)value);
    }
    printer_print(&repl->printer, "%-12s %-8s %s\n", setting_rows[index].name, words, setting_rows[index].sentence);
}

static ExitCode change_setting(Repl *repl, uint32_t index, const char *text)
{
    int64_t number;
    if (setting_rows[index].kind == SETTING_SWITCH) {
        bool is_on = strcmp(text, "on") == 0;
        if (!is_on && strcmp(text, "off") != 0) {
            return command_refuse(repl, "%s is on or off, not '%s'", setting_rows[index].name, text);
        }
        number = is_on;
    } else if (!command_read_number(text, &number) || number < 0) {
        return command_refuse(repl, "%s needs a number, not '%s'", setting_rows[index].name, text);
    }
    *setting(repl, index) = number;
    repl_use_settings(repl);
    return EXIT_DONE;
}

static ExitCode complain_about_setting(Repl *repl, const char *name)
{
    const char *best = NULL;
    for (uint32_t i = 0; i < SETTING_ROWS; i++) {
        best = suggest_nearer(name, best, setting_rows[i].name);
    }
    return command_refuse(repl, "no setting is called '%s'%s%s%s", name,
                          best ? "; did you mean '" : "; `set` lists them", best ? best : "", best ? "'?" : "");
}

uint32_t command_setting_count(void)
{
    return SETTING_ROWS;
}

const char *command_setting_name(uint32_t index)
{
    return setting_rows[index].name;
}

ExitCode command_set(Repl *repl, CommandId id, const char *arguments)
{
    (void)id;
    char *name = command_next_word(&arguments);
    char *value = name ? command_next_word(&arguments) : NULL;
    ExitCode code = EXIT_DONE;
    bool is_found = false;
    for (uint32_t i = 0; i < SETTING_ROWS; i++) {
        if (!name || strcmp(name, setting_rows[i].name) == 0) {
            is_found = true;
            if (value) {
                code = change_setting(repl, i, value);
            } else {
                print_setting(repl, i);
            }
        }
    }
    code = is_found ? code : complain_about_setting(repl, name);
    free(name);
    free(value);
    return code;
}
