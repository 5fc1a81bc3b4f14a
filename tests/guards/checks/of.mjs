/** Checks of one file that the same tests watch. */
export function of(file, tests, checks) {
  return checks.map(([check, instead]) => ({file, check, instead: instead ?? (check.includes(';⟧') ? '' : 'false'), tests}));
}
