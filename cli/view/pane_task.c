/* Tasks, queues, timers, threads: who does what, who waits, who is next. */
#include <string.h>

#include "view/pen.h"

/* ---- tasks ------------------------------------------------------------------------------------------------------- */

static Style status_style(const char *status)
{
    bool is_bad = strcmp(status, "Faulted") == 0 || strcmp(status, "Canceled") == 0 || strcmp(status, "Blocked") == 0;
    bool is_over = strcmp(status, "Completed") == 0 || strcmp(status, "Idle") == 0;
    return is_bad ? STYLE_WARNING : is_over ? STYLE_DEAD : strcmp(status, "Active") == 0 ? STYLE_GOOD : STYLE_TEXT;
}

static void put_task_head(Pen *pen, int name, bool is_wide)
{
    pen_put(pen, STYLE_NUMBER, " ");
    pen_fit(pen, STYLE_NUMBER, "task", name);
    pen_fit(pen, STYLE_NUMBER, " status", 11);
    if (is_wide) {
        pen_fit(pen, STYLE_NUMBER, " where", 10);
        pen_fit(pen, STYLE_NUMBER, " born", 9);
    }
    pen_put(pen, STYLE_NUMBER, " waits for / is awaited by");
    pen_next(pen);
}

static void put_task(Pen *pen, const SessionTask *task, int name, bool is_wide)
{
    Style style = task->is_new ? STYLE_NEW : task->is_changed ? STYLE_CHANGED : STYLE_TEXT;
    pen_put(pen, style, task->is_new ? "+" : task->is_changed ? "*" : " ");
    pen_fit(pen, style, task->name, name);
    pen_put(pen, STYLE_TEXT, " ");
    pen_fit(pen, status_style(task->status), task->status, 10);
    if (is_wide) {
        char born[24] = "";
        if (task->born_line) {
            snprintf(born, sizeof born, "line %u", task->born_line);
        }
        pen_put(pen, STYLE_TEXT, " ");
        pen_fit(pen, STYLE_TEXT, task->where, 9);
        pen_put(pen, STYLE_TEXT, " ");
        pen_fit(pen, STYLE_NUMBER, born, 8);
    }
    if (*task->awaiting) {
        pen_print(pen, STYLE_TEXT, " %s", task->awaiting);
    }
    if (*task->waiters) {
        pen_print(pen, STYLE_VALUE, " <- %s", task->waiters);
        if (task->awaits > 1) {
            pen_print(pen, STYLE_VALUE, " and %u more", task->awaits - 1);
        }
    }
    bool is_running = strcmp(task->status, "Active") == 0 || strcmp(task->status, "Blocked") == 0;
    if (task->thread && is_running) {
        pen_print(pen, STYLE_NUMBER, " on T%u", task->thread);
    }
    pen_next(pen);
}

void pane_tasks(PaneView *view, Canvas *canvas)
{
    enum { WIDE = 70, MOST = 300 };
    SessionTasks tasks;
    uint32_t rows = view->height > 1 ? (uint32_t)view->height - 1 : MOST;
    Pen pen = {.canvas = canvas, .width = view->width};
    if (session_tasks(view->session, view->scroll, rows, &tasks) != SESSION_OK) {
        return;
    }
    int name = 10;
    for (uint32_t i = 0; i < tasks.count; i++) {
        int columns = text_columns(tasks.tasks[i].name, strlen(tasks.tasks[i].name));
        name = columns > name ? columns : name;
    }
    int most = view->width / 2 - 6;
    name = name < most || most < 10 ? name : most;
    bool is_wide = view->width >= WIDE;
    put_task_head(&pen, name, is_wide);
    for (uint32_t i = 0; i < tasks.count; i++) {
        put_task(&pen, &tasks.tasks[i], name, is_wide);
    }
    if (!tasks.count) {
        pen_put(&pen, STYLE_HINT, " no tasks yet");
        pen_next(&pen);
    }
    view->total = tasks.total + 1;
    view->fixed = 1;
}

/* ---- queues ------------------------------------------------------------------------------------------------------ */

static void put_items(Pen *pen, const SessionQueue *queue)
{
    if (!queue->count) {
        pen_put(pen, STYLE_HINT, "(empty)");
        pen_next(pen);
    }
    for (uint32_t i = 0; i < queue->count; i++) {
        const SessionItem *item = &queue->items[i];
        if (!pen->column) {
            pen_print(pen, STYLE_NUMBER, " %u ", i + 1);
        }
        pen_put(pen, STYLE_TEXT, item->name);
        if (*item->what) {
            pen_print(pen, STYLE_VALUE, " %s", item->what);
        }
        pen_next(pen);
    }
}

static void put_running(Pen *pen, const PaneView *view)
{
    SessionThreads threads;
    Session *session = view->session;
    if (view->facts->moment->is_idle) {
        pen_put(pen, STYLE_HINT, "idle: nothing is in progress");
        pen_next(pen);
        return;
    }
    if (session_threads(session, &threads) != SESSION_OK) {
        return;
    }
    for (uint32_t i = 0; i < threads.count; i++) {
        const SessionThread *thread = &threads.threads[i];
        if (strcmp(thread->status, "running") == 0) {
            pen_print(pen, STYLE_GOOD, "T%u runs", thread->number);
            if (*thread->method) {
                pen_print(pen, STYLE_TEXT, " %s", thread->method);
            }
            pen_next(pen);
        } else if (strcmp(thread->status, "blocked") == 0 && thread->line) {
            pen_print(pen, STYLE_TEXT, "T%u %s", thread->number, thread->why);
            pen_next(pen);
        }
    }
}

static void put_clock(Pen *pen, const PaneView *view)
{
    char text[32];
    SessionTimers timers;
    pen_print(pen, STYLE_NUMBER, "clock %s", time_text(view->facts->moment->clock, text));
    if (session_timers(view->session, &timers) == SESSION_OK && timers.count) {
        pen_print(pen, STYLE_TEXT, ", timer %s in %s", timers.timers[0].what,
                  time_text(timers.timers[0].remaining, text));
        if (timers.count > 1) {
            pen_print(pen, STYLE_TEXT, " and %u more", timers.count - 1);
        }
    }
    pen_next(pen);
}

void pane_queue(PaneView *view, Canvas *canvas)
{
    SessionQueues queues;
    Pen pen = pen_at(view, canvas);
    if (session_queues(view->session, &queues) != SESSION_OK || !queues.count) {
        pen_put(&pen, STYLE_HINT, "(nothing runs yet)");
        return;
    }
    put_running(&pen, view);
    for (uint32_t i = 0; i < queues.count; i++) {
        pen_print(&pen, STYLE_NUMBER, "%s: ", queues.queues[i].name);
        if (queues.queues[i].count > 1) {
            pen_next(&pen);
        }
        put_items(&pen, &queues.queues[i]);
    }
    put_clock(&pen, view);
    view->total = pen_rows(&pen, view);
}

/* ---- timers and threads ------------------------------------------------------------------------------------------ */

void pane_timers(PaneView *view, Canvas *canvas)
{
    SessionTimers timers;
    Pen pen = pen_at(view, canvas);
    char text[32];
    if (session_timers(view->session, &timers) != SESSION_OK) {
        return;
    }
    pen_print(&pen, STYLE_NUMBER, "clock %s", time_text(view->facts->moment->clock, text));
    pen_next(&pen);
    for (uint32_t i = 0; i < timers.count; i++) {
        pen_fit_right(&pen, STYLE_VALUE, time_text(timers.timers[i].due, text), 10);
        pen_print(&pen, STYLE_TEXT, "  in %s", time_text(timers.timers[i].remaining, text));
        pen_print(&pen, STYLE_TEXT, "  %s for %s", timers.timers[i].name, timers.timers[i].what);
        pen_next(&pen);
    }
    if (!timers.count) {
        pen_put(&pen, STYLE_HINT, "no timer is armed");
        pen_next(&pen);
    }
    view->total = pen_rows(&pen, view);
}

void pane_threads(PaneView *view, Canvas *canvas)
{
    SessionThreads threads;
    Pen pen = pen_at(view, canvas);
    if (session_threads(view->session, &threads) != SESSION_OK) {
        return;
    }
    for (uint32_t i = 0; i < threads.count; i++) {
        const SessionThread *thread = &threads.threads[i];
        bool is_running = strcmp(thread->status, "running") == 0;
        pen_print(&pen, is_running ? STYLE_GOOD : STYLE_TEXT, "%sT%-3u %-7s %-8s", is_running ? ">" : " ",
                  thread->number, thread->kind, thread->status);
        if (*thread->method) {
            pen_print(&pen, STYLE_TEXT, " %s:%u", thread->method, thread->line);
        }
        pen_print(&pen, STYLE_VALUE, " %s", thread->why);
        pen_next(&pen);
    }
    view->total = pen_rows(&pen, view);
}
