// What is taken away in C++: each check that no data states, as [check, instead].
//
// `check` is text that stands once in the file; what is taken away stands in ⟦…⟧ there. `instead` is what stands in its place, `false`
// where nothing is said; a statement, which ends with `;`, goes without anything in its place. Only places where an expression may be
// asked first whether it is to be left out: none in a constexpr function or a declaration.
//
// `tests` are those that ought to notice, cheapest first: a test program, with a filter as GoogleTest takes it after a colon, or a story
// below tests/integration.

import {checks_of_decisions} from './checks/decisions.mjs';
import {checks_of_desks} from './checks/desks.mjs';
import {checks_of_identity} from './checks/identity.mjs';
import {checks_of_web} from './checks/web.mjs';

export const mutations = [...checks_of_decisions, ...checks_of_desks, ...checks_of_identity, ...checks_of_web];
