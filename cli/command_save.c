/* Keeping a run in a file, and doing it again. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "command_internal.h"
#include "file.h"
#include "view/json.h"

/* ---- save -------------------------------------------------------------------------------------------------------- */

static bool write_file(void *context, const char *bytes, size_t length)
{
    return fwrite(bytes, 1, length, context) == length;
}

static ExitCode save(Repl *repl, const char *path)
{
    FILE *file = fopen(path, "we");
    if (!file) {
        return command_refuse(repl, "cannot write %s: %s", path, strerror(errno));
    }
    SessionStatus status = session_save(repl->session, write_file, file);
    bool is_written = fclose(file) == 0 && status == SESSION_OK;
    if (is_written) {
        printer_print(&repl->printer, "saved: `replay %s@%llu` comes back here\n", path,
                      (unsigned long long)session_position(repl->session));
        return EXIT_DONE;
    }
    return status == SESSION_NOT_FOUND   ? command_refuse(repl, "nothing was recorded yet")
           : status == SESSION_NO_MEMORY ? command_refuse(repl, "out of memory")
                                         : command_refuse(repl, "cannot write %s: %s", path, strerror(errno));
}

ExitCode command_save(Repl *repl, CommandId id, const char *arguments)
{
    (void)id;
    char *path = command_next_word(&arguments);
    if (!path || !repl_session(repl)) {
        free(path);
        return command_refuse(repl, "save needs the name of a file");
    }
    ExitCode code = save(repl, path);
    free(path);
    return code;
}

/* ---- steps as JSON ----------------------------------------------------------------------------------------------- */

static bool write_steps(Session *session, FILE *file)
{
    const SessionStep *steps;
    uint32_t count;
    for (uint64_t at = 1; at <= session_history_end(session); at += count) {
        if (session_steps(session, at, at + SESSION_MOST_STEPS - 1, &steps, &count) != SESSION_OK || !count) {
            return false;
        }
        for (uint32_t i = 0; i < count; i++) {
            json_event(file, &steps[i].event);
        }
    }
    return true;
}

/* What was found is known at the end of the run; then back to where one was. */
static void write_findings(Session *session, FILE *file)
{
    uint64_t here = session_position(session);
    bool was_at_end = here == session_history_end(session);
    if (!was_at_end) {
        session_goto(session, session_history_end(session));
    }
    for (uint32_t i = 0; i < session_finding_count(session); i++) {
        SessionFinding finding = session_finding(session, i);
        json_finding(file, &finding, NULL);
    }
    if (!was_at_end) {
        session_goto(session, here);
    }
}

ExitCode command_export_steps(Repl *repl, const char *path)
{
    FILE *file = repl_session(repl) ? fopen(path, "we") : NULL;
    if (!file) {
        return command_refuse(repl, "cannot write %s: %s", path, strerror(errno));
    }
    bool is_written = write_steps(repl->session, file);
    write_findings(repl->session, file);
    is_written = !ferror(file) && is_written;
    if (fclose(file) != 0 || !is_written) {
        return command_refuse(repl, "cannot write %s: %s", path, strerror(errno));
    }
    printer_print(&repl->printer, "%llu steps are in %s\n", (unsigned long long)session_history_end(repl->session),
                  path);
    return EXIT_DONE;
}

/* ---- replay ------------------------------------------------------------------------------------------------------ */

static ExitCode tell_error(Repl *repl, const char *path, SessionStatus status, const SessionReplayError *error)
{
    if (status == SESSION_NO_MEMORY) {
        return command_refuse(repl, "out of memory");
    }
    if (session_diagnostic_count(repl->session)) {
        repl_tell_diagnostics(repl, 0);
    }
    if (error->line) {
        return command_refuse(repl, "%s:%u: %s", path, error->line, error->message);
    }
    return command_refuse(repl, "%s: %s", path, error->message);
}

/* The session there was is only given up for one that is right. */
static ExitCode replay(Repl *repl, const char *path)
{
    FileText text = file_read(path, SESSION_SOURCE_LIMIT);
    if (!text.bytes) {
        return command_refuse(repl, "cannot read %s: %s", path, strerror(errno));
    }
    Session *old = repl->session;
    SessionReplayError error = {0, "it is no recording"};
    repl->session = NULL;
    SessionStatus status =
        repl_session(repl) ? session_replay(repl->session, text.bytes, text.length, &error) : SESSION_NO_MEMORY;
    free(text.bytes);
    ExitCode code = status == SESSION_OK ? EXIT_DONE : tell_error(repl, path, status, &error);
    if (code) {
        session_close(repl->session);
        repl->session = old;
    } else {
        session_close(old);
        notes_free(&repl->notes);
    }
    return code;
}

ExitCode command_replay_file(Repl *repl, const char *path)
{
    ExitCode code = replay(repl, path);
    return code ? code : command_go(repl, session_position(repl->session));
}

/* FILE@MOMENT goes there; a file may have an @ in its name. */
ExitCode command_replay(Repl *repl, CommandId id, const char *arguments)
{
    (void)id;
    char *path = command_next_word(&arguments);
    if (!path) {
        return command_refuse(repl, "replay needs the name of a file that `save` has written");
    }
    const char *moment = repl_find_moment(path);
    if (moment) {
        path[moment - path - 1] = 0;
    }
    ExitCode code = replay(repl, path);
    if (!code) {
        code = moment ? command_goto(repl, DO_GOTO, moment) : command_go(repl, session_position(repl->session));
    }
    free(path);
    return code;
}
