#ifndef BASE_CHECK_H
#define BASE_CHECK_H

/* An invariant of the program itself. Always on. When it does not hold the program is wrong, not
 * its input: one line on standard error, then exit status 70. */
#define check(condition) ((condition) ? (void)0 : check_failed(#condition, __FILE__, __LINE__))

_Noreturn void check_failed(const char *condition, const char *file, int line);

/* Memory ran out: one line on standard error, exit status 4. The only other way out of the program
 * besides check() and main(). Reports under construction stay in their temporary folder. */
_Noreturn void check_out_of_memory(void);

#endif
