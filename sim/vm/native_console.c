/* The console: text leaves through the host, in the order it was written. */
#include "vm/console.h"
#include "vm/native.h"
#include "vm/unicode.h"

enum { OUTPUT_BYTES = 32 * 1024 };

struct Output {
    int stream;
    uint32_t used;
    bool is_closed;
    char bytes[OUTPUT_BYTES];
};

Output *output_create(const Memory *memory)
{
    Output *output = memory->resize(memory->context, NULL, 0, sizeof *output);
    if (output) {
        output->stream = 1;
        output->used = 0;
        output->is_closed = false;
    }
    return output;
}

void output_free(Output *output, const Memory *memory)
{
    if (output)
        memory->resize(memory->context, output, sizeof *output, 0);
}

bool machine_flush(Machine *machine)
{
    Output *output = machine->output;
    uint32_t used = output->used;
    output->used = 0;
    if (!used || output->is_closed)
        return !output->is_closed;
    if (machine->host->write && machine->host->write(machine->host->context, output->stream, output->bytes, used))
        return true;
    output->is_closed = true;
    machine_finish(machine, RUN_OUTPUT_CLOSED, 0, 0);
    return false;
}

/* Units that are encoded at once: three bytes each, at most. A surrogate pair is never divided. */
static uint32_t piece(const uint16_t *units, uint32_t count, uint32_t room)
{
    uint32_t fits = room / 3;
    if (count <= fits)
        return count;
    return fits && units[fits - 1] >> 10 == 0x36 ? fits - 1 : fits;
}

bool output_write(Machine *machine, int stream, const uint16_t *units, uint32_t count)
{
    Output *output = machine->output;
    if (output->stream != stream && !machine_flush(machine))
        return false;
    output->stream = stream;
    while (count) {
        if (OUTPUT_BYTES - output->used < 64 && !machine_flush(machine))
            return false;
        uint32_t take = piece(units, count, OUTPUT_BYTES - output->used);
        output->used += (uint32_t)utf16_to_utf8(units, take, output->bytes + output->used);
        units += take;
        count -= take;
    }
    return !output->is_closed;
}

static NativeStatus write_text(Machine *machine, const uint8_t *frame, int stream)
{
    Ref text = arg_ref(frame, 0);
    if (!text)
        return NATIVE_OK;
    bool ok = output_write(machine, stream, machine_units(machine, text), (uint32_t)machine_length(machine, text));
    return ok ? NATIVE_OK : NATIVE_OVER;
}

static NativeStatus write_unit(Machine *machine, const uint8_t *frame, int stream)
{
    uint16_t unit = (uint16_t)arg_int(frame, 0);
    return output_write(machine, stream, &unit, 1) ? NATIVE_OK : NATIVE_OVER;
}

NativeStatus native_write_out(Machine *machine, uint8_t *frame)
{
    return write_text(machine, frame, 1);
}
NativeStatus native_write_error(Machine *machine, uint8_t *frame)
{
    return write_text(machine, frame, 2);
}
NativeStatus native_write_out_char(Machine *machine, uint8_t *frame)
{
    return write_unit(machine, frame, 1);
}
NativeStatus native_write_error_char(Machine *machine, uint8_t *frame)
{
    return write_unit(machine, frame, 2);
}

NativeStatus native_flush(Machine *machine, uint8_t *frame)
{
    (void)frame;
    return machine_flush(machine) ? NATIVE_OK : NATIVE_OVER;
}

/* Null at the end of the input. What was written so far appears first. */
NativeStatus native_read_line(Machine *machine, uint8_t *frame)
{
    const char *line;
    size_t length;
    if (!machine_flush(machine))
        return NATIVE_OVER;
    if (!machine->host->read_line || !machine->host->read_line(machine->host->context, &line, &length))
        return return_ref(frame, 0);
    return return_new(machine, frame, machine_new_string_utf8(machine, line, length));
}

/* Protocol.Raise(kind, a, b, n) */
NativeStatus native_protocol_raise(Machine *machine, uint8_t *frame)
{
    machine_event(machine, (uint32_t)arg_int(frame, 0), arg_ref(frame, 8), arg_ref(frame, 16), arg_long(frame, 24));
    return machine_is_over(machine) ? NATIVE_OVER : NATIVE_OK;
}
