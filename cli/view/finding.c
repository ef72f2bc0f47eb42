#include "view/finding.h"

#include <string.h>

const char *finding_severity(FindingSeverity severity)
{
    static const char *const names[] = {
        [FINDING_NOTE] = "note", [FINDING_WARNING] = "warning", [FINDING_ERROR] = "error"};
    return names[severity];
}

static void print(FILE *out, const char *text)
{
    text_print_clean(out, text, strlen(text), SIZE_MAX);
}

static void print_place(FILE *out, const SessionPlace *place, const char *file, bool is_gnu)
{
    print(out, place->file ? place->file : file ? file : "awaitlab");
    if (place->file) {
        fprintf(out, is_gnu ? ":%u:%u" : "(%u,%u)", place->line, place->column);
    }
    fputs(": ", out);
}

static void begin_colour(FILE *out, const TextStyle *style, FindingSeverity severity)
{
    static const char *const colours[] = {[FINDING_NOTE] = "36", [FINDING_WARNING] = "35", [FINDING_ERROR] = "31"};
    if (style->colour) {
        fprintf(out, "\033[1;%sm", colours[severity]);
    }
}

static void end_colour(FILE *out, const TextStyle *style)
{
    fputs(style->colour ? "\033[0m" : "", out);
}

static void print_times(FILE *out, const SessionFinding *finding)
{
    if (finding->count > 1) {
        fprintf(out, " (%llu times)", (unsigned long long)finding->count);
    }
}

static void print_steps(FILE *out, const SessionPlace *place)
{
    if (place->step) {
        fprintf(out, " (step %llu)", (unsigned long long)place->step);
    }
}

void finding_text(FILE *out, const TextStyle *style, const SessionFinding *finding, const char *file)
{
    print_place(out, &finding->place, file, false);
    begin_colour(out, style, finding->severity);
    fprintf(out, "%s %s", finding_severity(finding->severity), finding->code);
    end_colour(out, style);
    fputs(": ", out);
    print(out, finding->message);
    print_times(out, finding);
    fprintf(out, " [%s]\n", finding->slug);
    for (uint32_t i = 0; i < finding->related_count; i++) {
        fputs("    ", out);
        print_place(out, &finding->related[i].place, file, false);
        fputs("note: ", out);
        print(out, finding->related[i].message);
        print_steps(out, &finding->related[i].place);
        fputc('\n', out);
    }
    fprintf(out, "    fix: %s\n", finding->fix);
}

void finding_gnu(FILE *out, const SessionFinding *finding, const char *file)
{
    print_place(out, &finding->place, file, true);
    fprintf(out, "%s: ", finding_severity(finding->severity));
    print(out, finding->message);
    print_times(out, finding);
    fprintf(out, " [%s %s]\n", finding->code, finding->slug);
    for (uint32_t i = 0; i < finding->related_count; i++) {
        print_place(out, &finding->related[i].place, file, true);
        fputs("note: ", out);
        print(out, finding->related[i].message);
        fputc('\n', out);
    }
}
