/* The run as one row of characters: S start, A await, C complete, R reset, ! refused or misused, * you are here, E end.
 */
#ifndef AWAITLAB_CLI_VIEW_TIMELINE_BAR_H
#define AWAITLAB_CLI_VIEW_TIMELINE_BAR_H

#include "view/pen.h"

enum { BAR_WIDEST = 400 };

/* Writes "|S--A--C*???E|" in at most `width` columns. */
void timeline_put_bar(Pen *pen, const PaneView *view, int width);
/* "marks: m1=5 suspend", as many as fit; nothing without marks. */
void timeline_put_marks(Pen *pen, const PaneView *view, int width);
/* Steps of findings so far, "step 14, 20"; false: there are none. */
bool timeline_put_findings(Pen *pen, const PaneView *view, int width);

#endif
