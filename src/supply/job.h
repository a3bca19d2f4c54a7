#ifndef SUPPLY_JOB_H
#define SUPPLY_JOB_H

#include "supply/flow.h"

/* A stage, or neighbouring stages of one crew, done by one worker on one piece without a break. */
struct job {
    const struct flow_order *order;
    size_t first_stage, n_stages;
    int64_t size;    /* servers in a piece; the last piece may have fewer */
    int64_t workers; /* 0: no limit */
    struct str crew; /* may be empty */
    const struct calendar *calendar;
    int64_t seconds;   /* of a piece, but for what is drawn by piece */
    bool draws_pieces; /* where neither takes time nobody is needed: the job is passed through at once */
};

/* The jobs of an order in their order; returns how many. */
size_t jobs_of(struct arena *arena, const struct flow_order *order, struct job **jobs);

/* Working time of piece k of a job, counted from 0 in the order. */
int64_t job_piece_seconds(const struct job *job, int64_t k);
bool job_takes_time(const struct job *job);

void arrivals_add(struct arena *arena, struct arrivals *list, int64_t seconds, int64_t servers);

#endif
