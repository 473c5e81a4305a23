// The vocabulary of key results: what is counted, handed over, kept or agreed.

extension OKRWords {
    private static let outputStems = Set(outputs.map { Coach.stem($0) })

    static func isOutput(_ word: Word) -> Bool {
        outputStems.contains(word.stem) || outputs.contains(word.stem)
    }

    static let contacts: Set<String> = [
        "call", "interview", "visit", "contact", "meet", "survey", "email", "phone",
    ]
    static let kept: Set<String> = [
        "keep", "maintain", "stay", "remain", "sustain", "hold", "retain", "preserve", "maintaining",
        "keeping",
    ]
    static let universal: Set<String> = [
        "all", "every", "each", "both", "none", "only", "everyone", "nobody",
    ]
    /// Made by the piece: naming so many of them names work.
    static let made: Set<String> = list(
        """
        slides, reports, articles, posts, workshops, sessions, interviews, features, webinars, videos,
        test, tests, papers, episodes, studies, events, experiments, audits, demos, newsletters,
        prototypes, tutorials, talks, integrations, tweets, blogs, meetups, trainings, campaigns,
        diagram, diagrams, guides, pages, documents
        """)
    static let done = Phrases(
        """
        in place, ready for, up to date, up-to-date, rolled out, signed off, set up, set-up, built out,
        handed over, up and running, put in place, kicked off
        """)
    static let papers: Set<String> = list(
        """
        handbook, docs, documentation, page, repo, repository, roadmap, guide, wiki, policy, manual,
        intranet, website, site, playbook, plan, readme, section, template, contract, report
        """)
    static let contains: Set<String> = [
        "outlines", "contains", "documents", "describes", "includes", "lists", "covers", "explains",
        "outline", "contain",
        "describe", "include",
    ]
    static let deals: Set<String> = list(
        """
        deals, deal, customers, clients, contracts, logos, sales, accounts, revenue, arr, bookings,
        licences, licenses, members, partnerships, funding, users, subscriptions, commitments, mrr
        """)
    static let gains: Set<String> = list(
        """
        customers, users, members, clients, donors, volunteers, sign-ups, signups, subscribers, accounts,
        revenue, leads, applicants, candidates, visitors, followers, logos, signatures, reviews,
        households, participants, contributors, sponsors, applications, mrr, arr
        """)
    static let deliveryVerbs: Set<String> = list(
        """
        deliver, ship, process, handle, close, answer, respond, reply, complete, review, resolve, pay,
        send, publish, release, deploy, start, run, move, onboard, issue, finish, fix, build
        """)
    static let courses: Set<String> = list(
        """
        training, e-learning, course, courses, module, presentation, workshop, certification, onboarding,
        session,
        survey, review, reviews, assessment, plan, form
        """)
    static let comparing: Set<String> = [
        "than", "most", "least", "fewer", "less", "more", "no", "zero", "never", "from",
    ]
    static let joints: Set<String> = [
        "and", ",", ";", "+", "plus", "while", "&", "/", "with", "whilst", "as", ".", "but",
    ]
    static let fromNothing: Set<String> = list(
        """
        new, first, second, external, paying, pilot, initial, net-new, additional, design, beta, never,
        launch, early, reference, offers
        """)
    static let comparedWithPast = Phrases(
        """
        than last, than in, than the previous, than last year, compared to last, compared with last,
        year over year, year-over-year, yoy, quarter over quarter, than before last
        """)
    static let hardVanity = Phrases(
        """
        training hours, hours of training, story points, lines of code, lines of documentation, commits,
        time spent by employees in e-learning, slides per, number of meetings, number of ideas,
        number of dashboards, press mentions, press releases, followers, likes, impressions, retweets,
        page views, pageviews, pull requests merged, emails sent, follower count, newsletter subscribers,
        youtube subscribers, upvotes, claps, e-learning rises, time spent on site, time spent on the site,
        time on home page, time on page, featured in, number of calls, reads
        """)
    /// Verbs that promise more or less of something, and so need a figure.
    static let quantity: Set<String> = [
        "increase", "increasing", "increased", "decrease", "decreasing", "reduce", "reducing", "raise", "grow", "boost",
        "improve", "improving", "improved", "enhance", "lower", "lift", "cut",
    ]
    /// Behind a figure: so much more or less of something.
    static let growth: Set<String> = [
        "increase", "growth", "rise", "more", "improvement", "uplift", "decrease", "reduction", "drop", "less",
        "fewer", "higher", "lower", "faster",
    ]
    /// A count from these on starts from nothing.
    static let fromLaunch = Phrases(
        """
        before launch, at launch, after launch, since launch, from launch, post-launch, first day, first week,
        first month, first quarter after, first year after
        """)
    /// What may stand between a verb and its figure.
    static let limits: Set<String> = ["at", "least", "over", "more", "than", "up", "to", "another", "about"]
    static let rhythm = Phrases(
        """
        every day, each day, every week, each week, weekly, daily, monthly, bi-weekly, biweekly, a day,
        a week, a month, per week, per month, per day, twice a week, once a week
        """)
    static let broadcasts: Set<String> = [
        "tweet", "post", "newsletter", "blog", "video", "podcast", "webinar", "visit",
    ]

    private static let workStems = work.stems(without: change.union(events).union(closers).union(collectors))

    /// "documented", "delivered": a verb of work told as done.
    static func isWorkDone(_ word: Word) -> Bool {
        if events.contains(word.lower) { return false }
        return workDone.contains(word.lower) || word.lower.hasSuffix("ed") && workStems.contains(word.stem)
    }

    private static let effortStems = effort.stems(without: change)

    /// The same, or an effort that is over: "prioritised", "supported".
    static func isToldWork(_ word: Word) -> Bool {
        isWorkDone(word) || word.lower.hasSuffix("ed") && effortStems.contains(word.stem)
    }

    private static let outputVerbStems = Set(outputVerbs.map { Coach.stem($0) }).union(["add"])

    /// A verb that makes things by the piece, in any form.
    static func isOutputVerb(_ word: Word) -> Bool {
        outputVerbs.contains(word.lower) || isWorkDone(word) && outputVerbStems.contains(word.stem)
    }

    private static let thingStems = Set(deliverables.map { Coach.stem($0) }).union([
        "query", "code", "flow", "schema", "script",
    ])

    /// Something made, in the singular or plural.
    static func isThing(_ word: Word) -> Bool { thingStems.contains(word.stem) }

    private static let personStems = Set(persons.map { Coach.stem($0) })

    /// Someone to speak with, counted when work is contact.
    static func isPerson(_ word: Word) -> Bool { personStems.contains(word.stem) }

    private static let persons: Set<String> = list(
        """
        customer, user, people, candidate, member, household, prospect, lead, client, partner, parent,
        teacher,
        supplier, stakeholder
        """)

    /// "Implementing", "launching": a verb of work as a heading.
    static func isWorkGerund(_ word: Word) -> Bool {
        word.lower.hasSuffix("ing") && word.lower.utf8.count > 5 && workStems.contains(word.stem)
            && !deliverables.contains(word.lower)
    }

    /// Work as a key result puts it; at the head of an objective the same words may open an aim.
    static let search = Phrases(
        """
        find a, find an, find the, find new, find out, look for, search for, draw up, give
        """)
    static let makers: Set<String> = ["build", "create", "develop", "establish"]
    /// Words that make "keep" a level to hold.
    static let levels: Set<String> = ["above", "below", "under", "never", "at", "within", "between", "free"]
    static let workers: Set<String> = ["managers", "employees", "staff", "teams", "people", "everyone"]
    /// Verbs that bring a deal home, and verbs that bring people or money in.
    static let closers: Set<String> = ["close", "sign", "acquire", "secure"]
    static let collectors: Set<String> = ["collect", "attract", "gather", "add"]
    static let attending: Set<String> = [
        "complete", "completes", "take", "takes", "attend", "attends", "finish", "completed", "attended",
    ]
    /// Forms of "be" before a participle.
    static let forms: Set<String> = ["is", "are", "been", "be"]
}
