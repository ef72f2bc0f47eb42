/* The user's own files, in the folders of the XDG base directory specification. */
#ifndef AWAITLAB_CLI_FOLDERS_H
#define AWAITLAB_CLI_FOLDERS_H

#include <stdbool.h>

/* $XDG_STATE_HOME/awaitlab/NAME, or the same below ~/.local/state; malloc'd. `makes_folder`: the folder is made if it
 * can be. NULL: there is no home, or no memory: the user does without. */
char *folder_state_file(const char *name, bool makes_folder);
/* $XDG_CONFIG_HOME/awaitlab/NAME, or the same below ~/.config; malloc'd. NULL as above. */
char *folder_config_file(const char *name);

#endif
