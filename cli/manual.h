/* Pages made from the lists: option.def and command.def. */
#ifndef AWAITLAB_CLI_MANUAL_H
#define AWAITLAB_CLI_MANUAL_H

/* `awaitlab manual man|commands`: the man page, or docs/commands.md, on standard output. Returns the exit code. */
int print_manual(const char *page);
/* `awaitlab completion bash|zsh|fish`: the shell's completion script (completion.c). */
int print_completion(const char *shell);

#endif
