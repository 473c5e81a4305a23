// The vocabulary of objectives and key results.

enum OKRWords {
    static let quotes: Set<String> = ["\"", "“", "”", "„", "'", "‘", "’", "*", "_", "`", "«", "»"]
    static let beforeDate: Set<String> = [
        "by", "in", "until", "before", "on", "the", "end", "of", "for", "during", "at",
    ]
    static let determiners: Set<String> = list(
        """
        a, an, the, our, my, your, their, its, his, her, all, every, each, any, both, this, that, these,
        those, one, another, new, at, first, second, third
        """)

    /// Verbs whose object is a piece of work or a deliverable, in the form that opens a goal.
    static let work = Phrases(
        """
        launch, relaunch, ship, release, build, rebuild, create, write, rewrite, draft, publish, hire,
        recruit, onboard, implement, roll out, rollout, deploy, migrate, move, redesign, design,
        refactor, set up, setup, establish, define, develop, document, complete, conduct, run, hold,
        host, organise, organize, attend, deliver, prepare, present, submit, install, buy, purchase,
        procure, open, train, interview, visit, post, send, record, make, collect, close, process,
        handle, audit, review, map, identify, research, analyse, analyze, evaluate, assess, test, pilot,
        integrate, introduce, add, update, upgrade, replace, renovate, repaint, refurbish, consolidate,
        translate, automate, configure, produce, plan, schedule, determine, specify, describe, agree on,
        agree, put together, put in place, carry out, contact, call, speak, talk, meet, teach, finish,
        finalise, finalize, start, kick off, execute, perform, provide, gather, compile, set, select,
        choose, appoint, formalise, formalize, standardise, standardize, modernise, modernize, rebrand,
        restructure, reorganise, reorganize, port, merge, deprecate, decommission, sunset, retire,
        remove, delete, archive, clean up, fix, patch, instrument, prototype, benchmark, outsource,
        negotiate, sign, file, apply, register, certify, sponsor, invite, list, print, order, connect,
        enable, tune, optimize the, share, tweet, film, issue, survey, investigate, explore, validate,
        verify, scope, spec, wire, extract, split, import, export, convert, adopt, trial, announce,
        celebrate, facilitate, partner, invest, allocate, assign, staff, bring in, get buy-in,
        gain feedback, get feedback, solicit, transition, switch, provision, package, enrol, enroll,
        coach, mentor, construct, acquire a, secure a, centralise, centralize, digitise, digitize,
        productionize, open-source, opensource, write down, bring online, expose, index, annotate,
        expand the team, backfill, promote, demo, showcase, educate, stand up, spin up, wind down,
        phase out, lay, paint, plant, dig, clear out, do, push out, attract, propose, create and,
        design and, build and, polish, join, begin, unify, simplify the, streamline the, repair, refine,
        revamp, overhaul, remake, ramp up,
        attribute, restock, catalogue, catalog, digest, inventory, inspect, measure, monitor, track,
        harden, containerize, modularize, rename, reply, answer, respond, spread the word, surface,
        undertake, advertise
        """)

    /// The same work told as done: "launched", "in place", "signed off".
    static let workDone: Set<String> = list(
        """
        launched, shipped, released, built, rebuilt, created, written, drafted, published, hired,
        recruited, onboarded, implemented, deployed, migrated, redesigned, designed, refactored, defined,
        developed, documented, completed, conducted, held, delivered, prepared, presented, submitted,
        installed, finished, finalised, finalized, introduced, updated, upgraded, established,
        integrated, translated, automated, configured, live, printed, filmed, identified, reviewed,
        tested, set, added, trained, rolled, announced, organised, organized, opened, produced, recorded,
        executed, consolidated, merged, moved, reworked, resolved, done, agreed, mapped, handed, performed
        """)

    /// Words that open a goal and are as often a noun: "test coverage", "release cadence", "open rate".
    static let nounOrVerb: Set<String> = list(
        """
        test, review, plan, train, release, order, support, process, report, call, design, record, visit,
        contact, sign, build, run, open, post, pilot, launch, file, list, map, move, research, share,
        start, survey, issue, audit, ship, answer, close, hold, track, schedule, index, trial, spec,
        demo, staff, package, port, patch, fix, set, print, present, complete, purchase, update, upgrade,
        document, benchmark, scope, host, register, import, export, coach, draft, measure, monitor,
        interview, partner, plant, paint, press, meet, talk, film, script, trade, work, store, stock,
        deal, lead, field, transition, switch, sponsor, pack, split, wire, inventory, tune, lay, do,
        send, offer, drive
        """)
    /// What stands behind the noun: "build time", "review turnaround".
    static let metricNouns: Set<String> = list(
        """
        time, times, rate, rates, coverage, cost, costs, turnaround, volume, count, ratio, score, scores,
        share, quality, frequency, cadence, latency, duration, failures, success, conversion, retention,
        response, satisfaction, throughput, accuracy, percentage, backlog, size, speed, value, revenue,
        margin, completion, tickets, calls, requests, queue, adoption, abandonment, activation, uptime,
        availability, capacity, usage, attendance, hours, minutes, churn, process, procedure, cycle,
        tasks, desk, agents, services, requests,
        policy, pipeline, notes, teams, managers, runs, lead, leads, predictability, effort, errors,
        defects
        """)

    /// Verbs of a change in something measured.
    static let change: Set<String> = list(
        """
        increase, increases, increased, decrease, decreases, decreased, reduce, reduces, reduced, grow,
        grows, grew, grown, raise, raises, raised, lower, lowers, lowered, improve, improves, improved,
        cut, cuts, lift, lifts, lifted, drop, drops, dropped, fall, falls, rise, rises, boost, boosts,
        shrink, shrinks, climb, climbs, bring, brings, reach, reaches, hit, hits, achieve, achieves,
        attain, get, gets, double, triple, halve, maintain, keep, keeps, stay, stays, remain, remains,
        retain, sustain, exceed, exceeds, limit, minimise, minimize, maximise, maximize, accelerate,
        expand, extend, extends, go, goes, move, moves, decline, declines, slash, push, drive, earn,
        gain, win, land, generate, secure, strengthen, enhance, shorten, speed, average, score, save,
        sell, book, close, convert, increasing, reducing, less, fewer, more, better, higher, up, down,
        eliminate, prevent, avoid, ensure, stabilise, stabilize, simplify, streamline, become, make, optimise,
        optimize, eliminates, increased, empower, deepen, delight, ease, tighten, broaden, scale, cultivate,
        improving, enhancing, growing, lowering, raising, cutting, boosting, driving, decreasing, expanding,
        streamlining, simplifying, accelerating, optimising, optimizing, strengthening, lifting, shortening,
        trends, trend
        """)

    static let notAdverbs: Set<String> = [
        "early", "weekly", "monthly", "daily", "quarterly", "yearly", "family", "only", "reply", "apply",
        "supply", "assembly", "biweekly", "bi-weekly", "hourly", "elderly", "italy", "july",
    ]
    static let continuing: Phrases = ["continue to", "continuing to"]

    /// Work without an end: the verb asks for effort and no one could say when it is over.
    static let effort = Phrases(
        """
        work on, work with, work closely, work together, work more, work towards, work to, work harder,
        work, continue, continue to, keep engaging, keep working, keep pushing, keep improving,
        keep supporting, keep up, keep on, support, help, assist, focus, focus on, concentrate on,
        explore, investigate, look into, look at, collaborate, engage, engage with, engage more,
        actively, proactively, push harder, push for, promote, put more, put effort, be more, be less,
        be better, be proactive, think about, think, try to, try, encourage, strive, strive to, liaise,
        coordinate, communicate, communicate more, advocate, experiment with, experiment, pay attention,
        spend more time, spend time, provide regular, provide support, provide ongoing, participate,
        contribute, align with, align, learn about, learn more, evangelise, evangelize, champion, foster,
        nurture, stay on top, prioritise, prioritize, understand, leverage, brainstorm, raise awareness,
        reach out, reaching out, engaging with, publicise, publicize, discuss,
        take care, manage, oversee, guide, advise, partner with, partner closely, build relationships,
        do more, do better, invest in, invest more, seek, pursue, play, consider, monitor, stay close,
        keep an eye, lead by, ensure that everyone, remind
        """)

    /// What work leaves behind.
    static let deliverables: Set<String> = list(
        """
        programme, program, website, site, app, application, portal, dashboard, report, plan, strategy,
        roadmap, handbook, guide, guidelines, policy, process, framework, documentation, docs, training,
        workshop, workshops, campaign, event, conference, meeting, meetings, visits, redesign, rebrand,
        rebranding, migration, rollout, launch, release, opening, onboarding, integration,
        implementation, audit, survey, prototype, pilot, poc, mvp, tool, tooling, tests, test, pipeline,
        feature, features, page, template, templates, playbook, runbook, curriculum, newsletter, tweets,
        posts, videos, slides, installers, support, specs, spec, interviews, research, study, analysis,
        assessment, review, wireframes, driver, library, sdk, api, cli, repository, demo, upgrade,
        update, setup, deployment, refactoring, refactor, automation, creation, checklist, catalogue,
        database, system, cluster,
        summary, diagram, newsletter, manual, presentation, backlog, reporting, inventory, overview, pitch,
        initiatives, programmes, programs, courses
        """)

    /// Words for output or attention rather than value.
    static let vanity = Phrases(
        """
        followers, follower count, follower, likes, impressions, page views, pageviews, page-views,
        views, website visits, site visits, web visits, website visitors, site visitors, unique visitors,
        web traffic, website traffic, site traffic, traffic, organic traffic, downloads, installs,
        subscribers, newsletter sign-ups, newsletter signups, newsletter sign ups,
        newsletter subscribers, mailing list, stars, github stars, press mentions, mentions,
        media mentions, press coverage, articles, press articles, case studies, testimonials, attendees,
        registrations, retweets,
        reposts, social reach, reach from, reach grows, reach rises, upvotes, claps, reactions, comments,
        clicks, emails sent, e-mails sent, sales calls, cold calls, emails opened, email opens, opens,
        training hours,
        hours of training, hours trained, learning hours, commits, lines of code, lines of documentation,
        story points, pull requests, prs, merge requests, tickets closed, meetings, number of meetings,
        dashboards, slides, posts, blog posts, blog visits, visits per month, videos, press releases,
        newsletters, webinars, number of ideas, ideas, suggestions, reports produced, e-learning, tweets,
        attendance at, webinar attendance, event attendance, participants at, email open volume,
        open volume, sessions on the site, brand reach, share of voice, calls made, hours worked,
        features shipped, features released, deployments per, tests written, fans, connections,
        engagements, karma, facebook reach, instagram reach, average time spent by, time on site,
        time spent in e-learning, workshops held, leads contacted, event attendees, guests at the launch,
        website hits, documentation pages, reads, listeners, plays, streams, number of calls
        """)
    /// Words that tie attention to value, or make a rate of it.
    static let value: Set<String> = list(
        """
        conversion, convert, converts, rate, rates, paying, paid, revenue, retention, share, percentage,
        percent, proportion, churn, sales, renewal, renewals, repeat, satisfaction, upheld, rejected,
        stuck, failed, flaky, unplanned, error, reopened, time, wait, cost, buy, buyers, purchase,
        purchases, donate, missed, late, lost, unnecessary, wasted, complaints, profit, customers, trial,
        trials, useful, accepted, returning, return
        """)

    /// Objects that are counted by the piece when work is counted: "12 blog posts", "30 interviews".
    static let outputs: Set<String> = list(
        """
        post, article, newsletter, email, e-mail, mail, letter, feature, webinar, workshop, session,
        meeting, interview, call, visit, talk, presentation, video, reel, episode, podcast, paper,
        report, event, meetup, hackathon, campaign, experiment, test, audit, inspection, walk, ticket,
        issue, application, conversation, hour, training, slide, page, story, point, prospect, lead,
        demo, tweet, conference, tour, lecture, course, class, release, improvement, commit, request,
        proposal, brief, press, study, survey, chat, farm, home, school, customer, user, people,
        candidate, member, household, clip, blog, case, publication, recipe, song, lesson, guide, flyer,
        poster, ad, advert, review, project, integration, initiative, bug, task, pr, pull, focus,
        roadshow, stakeholder, client, partner, parent, teacher, supplier, shop, store, door, piece,
        insight, entry, product
        """)
    /// Work verbs whose count is an output. Others ("hire", "install", "migrate") finish something finite.
    static let outputVerbs: Set<String> = list(
        """
        publish, post, write, send, ship, run, hold, host, deliver, conduct, carry, make, interview,
        visit, close, handle, process, record, produce, organise, organize, speak, present, attend,
        contact, call, complete, create, meet, release, launch, film, tweet, give, perform, offer,
        facilitate, do, execute, share, survey, plan, fix, design, draft, develop, submit, print, identify,
        have, issue, review, answer, reply, respond, demo, talk, sponsor
        """)

    /// Acts of someone outside, or final by nature: two people would agree whether they happened.
    static let events: Set<String> = list(
        """
        approves, approve, approved, accepts, accept, accepted, adopts, adopt, adopted, grants, granted,
        renews, renew, renewed, confirms, confirmed, certifies, certified, passes, pass, passed, issued,
        awarded, awards, selected, selects, chosen, chooses, choose, votes, vote, voted, rates, lifts,
        lifted, backs, back, signs, sign, signed, ratifies, ratified, elected, elects, clears, cleared,
        endorses, endorsed, buys, bought, orders, closed, closes, funded, funds, accredits, accredited,
        agrees, received, receives, joins, join, cites, recognises, recognizes, licensed, licenses, wins,
        won, qualifies, qualify, commits, commit, restores, settles, settled, flies, ask, asks, renewal,
        certificate, accreditation, certification, break-even, breakeven, profitable, profitability,
        pays, uses, runs, ends, ended, exhausted, compliant, compliance, publishes, expires, survives,
        withdraws, extends, reopens
        """)

    /// Words for how something feels or seems: a state, but not one that two people would measure alike.
    static let soft: Set<String> = list(
        """
        feel, feels, felt, better, happy, happier, easier, easy, faster, fast, love, loves, trust,
        comfortable, confident, confidently, smoother, smooth, strong, stronger, clear, clearer, well,
        improved, good, great, reliable, significantly, visibly, noticeably, more, less, much, loyal,
        calm, calmly, proud, empowered, aligned, inclusive, modern, quick, stable, quality, appeals,
        trustworthy, known, appreciate, enjoy, enjoys, delighted, satisfied, healthy, engaged, effective,
        efficient, efficiently, correctly, properly, seamless, robust, scalable, user-friendly,
        intuitive, excellent, relationships, relationship, culture, morale, awareness, reputation,
        visibility, mindset, high, diverse, transparent, relevant, consistent, consistently, innovative,
        flexible, sustainable, productive, motivated, valued, heard, rely, understand, understands, grip,
        ownership, respected, recognised, friendly, tidy, closer, higher,
        cleaner, safer, simpler, healthier, quieter, warmer, greener, fairer, leaner, quicker, nicer, tighter,
        deeper, broader, richer, shorter, lower, cheaper, slower, confidence, happiness, positive,
        positively, satisfaction
        """)
}
