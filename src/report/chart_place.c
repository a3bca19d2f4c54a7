#include "report/chart_place.h"

#include <math.h>

#include "base/arena.h"

/* Labels that touch, moved as one. */
struct cluster {
    double sum; /* of wanted heights, each less its place in the row of labels */
    size_t n;
};

static size_t *by_height(struct arena *arena, const double *heights, size_t n)
{
    size_t *order = ARENA_NEW(arena, size_t, n);
    for (size_t i = 0; i < n; i++) {
        size_t at = i;
        while (at > 0 && heights[order[at - 1]] >= heights[i]) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = i;
    }
    return order;
}

/* Isotonic regression: with heights less their place in the row, labels must not fall below the one
 * before; pooling those that do gives the least squares. */
void chart_spread(struct arena *arena, double *heights, size_t n, double gap, double low, double high)
{
    if (n == 0)
        return;
    if (n > 1 && gap * (double)(n - 1) > high - low)
        gap = (high - low) / (double)(n - 1);
    size_t *order = by_height(arena, heights, n);
    struct cluster *clusters = ARENA_NEW(arena, struct cluster, n);
    size_t n_clusters = 0;
    for (size_t i = 0; i < n; i++) {
        struct cluster c = {heights[order[i]] - gap * (double)i, 1};
        while (n_clusters > 0 && clusters[n_clusters - 1].sum / (double)clusters[n_clusters - 1].n >= c.sum / (double)c.n) {
            c.sum += clusters[--n_clusters].sum;
            c.n += clusters[n_clusters].n;
        }
        clusters[n_clusters++] = c;
    }
    double most = high - gap * (double)(n - 1);
    for (size_t k = 0, i = 0; k < n_clusters; k++) {
        double base = fmin(fmax(clusters[k].sum / (double)clusters[k].n, low), most);
        for (size_t j = 0; j < clusters[k].n; j++, i++)
            heights[order[i]] = base + gap * (double)i;
    }
}

static double overlap(struct chart_box a, struct chart_box b)
{
    double width = fmin(a.right, b.right) - fmax(a.left, b.left);
    double height = fmin(a.top, b.top) - fmax(a.bottom, b.bottom);
    return width > 0 && height > 0 ? width * height : 0;
}

enum { N_SIDES = 3, ROWS_AWAY = 8 };

/* The box of a label to the right (0), to the left (1) or in the middle (2), `row` lines above the point,
 * moved sideways into the area where it would stick out. */
static struct chart_box candidate(const struct chart_tag *tag, int side, int row, struct chart_box area)
{
    double away = tag->radius + 4 + (row == 0 ? 1 : 0);
    double left = side == 0 ? tag->x + away : side == 1 ? tag->x - away - tag->width : tag->x - tag->width / 2;
    left = fmin(fmax(left, area.left), area.right - tag->width);
    double middle = tag->y + row * tag->height * (row == 1 || row == -1 ? 0.8 : 0.95);
    return (struct chart_box){left, middle - tag->height / 2, left + tag->width, middle + tag->height / 2};
}

static struct chart_box marker(const struct chart_tag *tag)
{
    double r = tag->radius;
    return (struct chart_box){tag->x - r, tag->y - r, tag->x + r, tag->y + r};
}

/* How bad a place is: what it covers, then how far it is from its point. */
static double cost_of(struct chart_box box, const struct chart_tag *tags, size_t n, size_t self,
                      const struct chart_box *obstacles, size_t n_obstacles, struct chart_box area)
{
    double cost = 0;
    for (size_t i = 0; i < n; i++) {
        cost += 100 * overlap(box, marker(&tags[i]));
        if (i != self)
            cost += 100 * overlap(box, tags[i].box);
    }
    for (size_t i = 0; i < n_obstacles; i++)
        cost += 3 * overlap(box, obstacles[i]);
    if (box.bottom < area.bottom || box.top > area.top)
        cost += 1e6;
    double dx = fmax(fmax(box.left - tags[self].x, tags[self].x - box.right), 0);
    double dy = (box.bottom + box.top) / 2 - tags[self].y;
    return cost + sqrt(dx * dx + dy * dy);
}

static void place_one(struct chart_tag *tags, size_t n, size_t self, const struct chart_box *obstacles, size_t n_obstacles,
                      struct chart_box area)
{
    double best = INFINITY;
    struct chart_box chosen = tags[self].box;
    for (int step = 0; step <= 2 * ROWS_AWAY; step++) {
        int row = step % 2 == 1 ? (step + 1) / 2 : -step / 2;
        for (int side = 0; side < N_SIDES; side++) {
            struct chart_box box = candidate(&tags[self], side, row, area);
            double cost = cost_of(box, tags, n, self, obstacles, n_obstacles, area) + 0.5 * side;
            if (cost < best) {
                best = cost;
                chosen = box;
                tags[self].far = row < -1 || row > 1;
            }
        }
    }
    tags[self].box = chosen;
}

void chart_place(struct chart_tag *tags, size_t n, const struct chart_box *obstacles, size_t n_obstacles,
                 struct chart_box area)
{
    enum { PASSES = 4 };
    for (size_t i = 0; i < n; i++)
        tags[i].box = (struct chart_box){tags[i].x, tags[i].y, tags[i].x, tags[i].y};
    for (int pass = 0; pass < PASSES; pass++)
        for (size_t i = 0; i < n; i++)
            place_one(tags, n, i, obstacles, n_obstacles, area);
}
