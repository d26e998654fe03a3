/*
 * The judge as a program.
 *
 *   conform FILE...         judge files; a line a finding; 1: there was one
 *   conform --damage FILE...  break every rule in one of the files: TAP
 *   conform --rules         the rules and their clauses
 */
#include "conform.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static const struct {
    const char *name, *clause, *what;
} rules[CF_RULES] = {
#define RULE(id, name, clause, what) [CF_##id] = { name, clause, what },
#include "rules.def"
#undef RULE
};

const char *cf_rule_name(cf_rule rule)
{
    return rules[rule].name;
}

const char *cf_rule_clause(cf_rule rule)
{
    return rules[rule].clause;
}

void cf_tell(cf_judge *j, cf_rule rule, uint32_t object, const char *fmt, ...)
{
    cf_finding *f;
    va_list args;

    if (j->told[rule]++ >= 10)
        return;
    f = cf_need(NK_NEW(&j->arena, cf_finding));
    f->rule = rule;
    f->object = object;
    va_start(args, fmt);
    vsnprintf(f->text, sizeof(f->text), fmt, args);
    va_end(args);
    if (j->last)
        j->last->next = f;
    else
        j->first = f;
    j->last = f;
}

void cf_judge_open(cf_judge *j, nk_str bytes)
{
    *j = (cf_judge){ .bytes = bytes, .catalog = &cf_nothing };
    nk_ctx_init(&j->ctx);
    nk_arena_init(&j->arena);
    cf_read(j);
    cf_check_file(j);
    cf_check_meta(j);
    cf_check_drawing(j);
    cf_check_fonts(j);
    cf_check_tags(j);
    cf_check_forms(j);
}

void cf_judge_close(cf_judge *j)
{
    nk_arena_release(&j->arena);
}

static bool judge(const char *path, nk_str bytes)
{
    const cf_finding *f;
    cf_judge j;
    bool good;

    cf_judge_open(&j, bytes);
    good = !j.first;
    for (f = j.first; f; f = f->next)
        printf("%s: %s (%s): object %u: %s\n", path, rules[f->rule].name,
               rules[f->rule].clause, (unsigned)f->object, f->text);
    cf_judge_close(&j);
    return good;
}

static int list_rules(void)
{
    size_t i;

    for (i = 0; i < CF_RULES; i++)
        printf("%-12s %-12s %s\n", rules[i].name, rules[i].clause,
               rules[i].what);
    return 0;
}

int main(int argc, char **argv)
{
    bool damage = argc > 1 && strcmp(argv[1], "--damage") == 0, good = true;
    int i, first = damage ? 2 : 1, status;
    nk_arena arena;
    nk_str *files;
    nk_ctx ctx;

    if (argc == 2 && strcmp(argv[1], "--rules") == 0)
        return list_rules();
    nk_ctx_init(&ctx);
    nk_arena_init(&arena);
    files = cf_need(NK_NEWN(&arena, (size_t)argc, nk_str));
    for (i = first; i < argc; i++) {
        if (nk_file_read(&ctx, &arena, nk_str_of(argv[i]), NK_MAX_PDF,
                         &files[i]) < 0) {
            fprintf(stderr, "%s cannot be read\n", argv[i]);
            return 2;
        }
        if (!damage)
            good = judge(argv[i], files[i]) && good;
    }
    status = damage ? cf_damage(files + first, (size_t)(argc - first))
                    : (good && argc > 1 ? 0 : 1);
    nk_arena_release(&arena);
    return status;
}
