#include "lang/bound.h"
void print_lowered(World *world, Method *method, Text *out)
{
    (void)world; (void)method; text_adds(out, "");
}
