#include "printer.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static void write_stream(Printer *printer, int stream, const char *bytes, size_t length)
{
    FILE *file = stream == STREAM_ERROR ? stderr : stdout;
    fflush(stream == STREAM_ERROR ? stdout : stderr); /* what was written before is seen before */
    if (fwrite(bytes, 1, length, file) < length && stream == STREAM_OUT && !printer->failure) {
        printer->failure = errno;
    }
}

/* Without colours: ESC [ ... letter. A sequence never crosses two writes. */
static void write_transcript(FILE *file, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length;) {
        const char *escape = memchr(bytes + i, '\033', length - i);
        size_t plain = escape ? (size_t)(escape - bytes) - i : length - i;
        fwrite(bytes + i, 1, plain, file);
        i += plain;
        while (i < length && !isalpha((unsigned char)bytes[i])) {
            i++;
        }
        i += i < length;
        if (!escape) {
            break;
        }
    }
}

void printer_write(Printer *printer, int stream, const char *bytes, size_t length)
{
    if (!length) {
        return;
    }
    printer->is_line_open = bytes[length - 1] != '\n';
    if (printer->sink) {
        printer->sink(printer->context, stream, bytes, length);
    } else {
        write_stream(printer, stream, bytes, length);
    }
    if (printer->transcript) {
        write_transcript(printer->transcript, bytes, length);
    }
}

void printer_echo(Printer *printer, const char *prompt, const char *line)
{
    if (printer->transcript) {
        fprintf(printer->transcript, "%s%s\n", prompt, line);
    }
}

static void write_formatted(Printer *printer, int stream, const char *format, va_list arguments)
{
    char small[1024];
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(small, sizeof small, format, arguments);
    if (length >= 0 && (size_t)length < sizeof small) {
        printer_write(printer, stream, small, (size_t)length);
    } else if (length >= 0) {
        char *large = malloc((size_t)length + 1);
        if (large) {
            vsnprintf(large, (size_t)length + 1, format, again);
            printer_write(printer, stream, large, (size_t)length);
            free(large);
        }
    }
    va_end(again);
}

void printer_print(Printer *printer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    write_formatted(printer, STREAM_OUT, format, arguments);
    va_end(arguments);
}

void printer_complain(Printer *printer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    write_formatted(printer, STREAM_ERROR, format, arguments);
    va_end(arguments);
    printer_write(printer, STREAM_ERROR, "\n", 1);
}

void printer_finish_line(Printer *printer)
{
    if (printer->is_line_open) {
        printer_write(printer, STREAM_OUT, "\n", 1);
    }
}

FILE *printer_begin(Printer *printer)
{
    printer->piece = NULL;
    return open_memstream(&printer->piece, &printer->piece_length);
}

void printer_end(Printer *printer, FILE *file, int stream)
{
    if (file && fclose(file) == 0) {
        printer_write(printer, stream, printer->piece, printer->piece_length);
    }
    free(printer->piece);
    printer->piece = NULL;
}

void printer_flush(Printer *printer)
{
    if (!printer->sink && fflush(stdout) != 0 && !printer->failure) {
        printer->failure = errno;
    }
    if (printer->transcript) {
        fflush(printer->transcript);
    }
}

bool printer_set_transcript(Printer *printer, const char *name)
{
    FILE *file = name ? fopen(name, "we") : NULL;
    if (name && !file) {
        return false;
    }
    if (printer->transcript) {
        fclose(printer->transcript);
    }
    free(printer->transcript_name);
    printer->transcript = file;
    printer->transcript_name = name ? strdup(name) : NULL;
    return true;
}

void printer_close(Printer *printer)
{
    printer_flush(printer);
    printer_set_transcript(printer, NULL);
}
