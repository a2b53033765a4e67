/* What a bench does to the controller: a pipe or file of lines, read as they come.
 *   detector INDEX COUNT PERMILLE     a reading of this second; INDEX from 0
 *   object LANE DM DMPS CLASS TRACK   a vehicle that is seen in this second
 *   priority GROUP CLASS SECONDS [PERSONS LATE]   somebody asks for a group, from 1
 *   cancel REQUEST                    and asks no more
 *   off, on, fail, release            at the cabinet */
#ifndef TAI_HOST_HANDS_H
#define TAI_HOST_HANDS_H

#include "link.h"

typedef struct {
    int file;
    char line[200];
    size_t length;
} host_hands;

/* Opens the pipe or file; NULL for none. Returns false when it cannot be read. */
bool hands_open(host_hands *hands, const char *path);

/* Does what has come. Lines that it does not know are named on standard error and left out. */
void hands_work(host_hands *hands, link_state *link);

#endif
