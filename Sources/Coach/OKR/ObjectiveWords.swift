// The vocabulary of objectives: aims, empty words, ranks and states.

enum ObjectiveWords {
    static let ranks = Phrases(
        """
        top 3, top 5, top 10, top 20, top-3, top-5, top-10, top three, top five, top ten, top quartile,
        top decile
        """)
    static let bounds: Set<String> = list(
        """
        to, under, below, above, over, by, least, most, than, of, at, from, with, beyond
        """)
    static let counting: Set<String> = list(
        """
        sell, recruit, win, acquire, reach, sign, fill, get, have, raise, hire, serve, enrol, enroll,
        attract, land, secure, close, gain, add, help, train, save, collect, earn, hit, achieve, grow,
        expand, onboard, place, house, feed, plant, publish, write, hold, book, convert, ensure, employ,
        turn, shrink, bring, open, resolve, cut, generate, host, process, visit, interview
        """)
    static func isPlainFigure(_ word: Word) -> Bool {
        word.isNumber || FigureWords.numbers.contains(word.lower)
    }
    static let certificates: Set<String> = [
        "certified", "certification", "accredited", "accreditation", "certificate",
    ]
    static let conditions: Set<String> = [
        "friction", "reputation", "trust", "relations", "relationship", "barriers", "shame",
    ]

    /// Verbs of aims that start an objective in the imperative, beside those of work.
    private static let aims: Set<String> = list(
        """
        be, become, make, win, restore, give, turn, keep, stop, help, earn, protect, prove, bring, get,
        grow, improve, drive, increase, reduce, raise, cut, strengthen, foster, enhance, modernise,
        modernize, optimise, optimize, maximise, maximize, deepen, innovate, care, empower, unlock,
        transform, accelerate, rebuild, fix, repair, teach, land, expand, establish, delight, find,
        remove, reach, achieve, sell, lower, boost, scale, leverage, align, inspire, simplify,
        streamline, eliminate, ensure, enable, reinvent, revive, regain, retain, attract, serve, lead,
        support, create, build, save, end, free, open, secure, show, let, put, take, set, start, hit,
        elevate, nurture, master, solve, convince,
        shorten, speed, extend, double, halve, prevent, avoid, engage, equip, broaden, diversify, stabilise,
        stabilize, reshape, cultivate, guarantee, reclaim, rekindle, highlight, acknowledge, recognise,
        recognize, honour, honor, preserve, respect,
        welcome, embrace, champion, advance, maintain, sustain, operate, manage, ignite, spark, fuel,
        supercharge, amplify
        """)

    static func isCommand(_ words: [Word], _ index: Int) -> Bool {
        guard words.indices.contains(index) else { return false }
        return aims.contains(words[index].lower) || OKRWords.work.match(words, at: index) != nil
    }

    static let clauseJoints: Set<String> = ["and", "while", ",", ";", "+", "plus", "whilst", "&"]
    static let afterComma: Set<String> = [
        "not", "because", "so", "but", "or", "without", "before", "even", "which", "who",
    ]
    static let noSubject: Set<String> = list(
        """
        to, not, without, with, for, in, on, at, by, of, still, then, someone, who, that, it, because,
        so, before, never, be, they, this, he, she
        """)
    static let clauseVerbs: Set<String> = list(
        """
        feel, stop, becom, earn, win, understand, rediscover, start, forget, eat, leav, love, trust, see,
        know, find, get, pay, come, stay, believ, learn, enjoy, fear, grow, hav, sleep, cook, travel, wait,
        teach, write, share, meet, speak, return, recommend, choos, sell, drive
        """)

    static let improving: Set<String> = list(
        """
        improve, enhance, optimise, optimize, strengthen, better, boost, improving, elevate, uplift,
        enhancing,
        advance, upgrade, simplify, streamline, refine
        """)

    /// How something is for those who use it: creating it is an aim rather than a deliverable.
    static let states: Set<String> = list(
        """
        safe, safer, reliable, fair, fairer, clean, cleaner, welcoming, trusted, inclusive, lasting,
        better, clear,
        simple, smooth, seamless, easy, healthy, loyal, lively, thriving, stable, vibrant, community, culture,
        environment, confidence, trust, loyalty, momentum, resilience, capacity, reputation, atmosphere,
        movement
        """)

    static let clichés = Phrases(
        """
        next level, world class, world-class, best in class, best-in-class, raise the bar,
        more with less, future proof, future-proof, thought leader, thought leadership,
        operational excellence, cutting edge, cutting-edge, state of the art, value chain, what matters,
        great place to work, great year, move the needle, game changer, win-win, holistic approach,
        be the best, number one, strong foundation, exceptional value, digital transformation,
        unlock value, push the business
        """)

    /// Words that tell nothing of a goal by themselves: verbs and adjectives of value.
    static let abstract: Set<String> = list(
        """
        quality, excellence, excellent, growth, innovation, innovative, innovate, synergy, synergies,
        efficiency, efficient, effectiveness, effective, productivity, productive, performance,
        potential, impact, value, success, successful, succeed, culture, collaboration, communication,
        alignment, engagement, experience, satisfaction, strategy, strategic, vision, mission,
        transformation, agility, agile, modern, dynamic, holistic, sustainable, sustainably,
        sustainability, solutions, solution, approach, foundation, foundations, leader, leadership,
        level, next, best, better, great, strong, stronger, world-class, best-in-class, exceptional,
        superior, outstanding, optimal, operational, continuous, improvement, improvements, process,
        processes, operations, capability, capabilities, maturity, scalable, robust, seamless,
        data-driven, customer-centric, centric, digital, future-proof, future, speed, brand, results,
        outcomes, ways, working, boldly, deeply, aspirational, inspiring, ambitious, amazing, awesome,
        bar, everything, everywhere, things, more, less, high, highly, top, premium, ready, empowerment,
        mindset, ownership, empowering, synergistic, high-performing, high-quality, productively,
        diverse, healthy, happiness, morale, infrastructure, service, services, work, efficiently,
        effectively, chain, minds, number, one, year, place, practices, stability, reliability,
        usability, scalability, visibility, awareness, presence, competitiveness, execution, delivery,
        development, connections, belonging, stickiness, resilience, redundancy, profitable,
        record-breaking, lightning-fast, game-changing, delightful, breakthrough, machine, relationships,
        workforce, engaged, workflow, workflows, compelling, powerful, useful, possible, loved, needs,
        meaningful, motivated, proud, blog,
        employer, adoption, activation, cross-functional, compliance, security, attractive, valuable,
        offering,
        ecosystem, perfect, solid, base, smart, cohesion, digitalisation, digitization, optimisation,
        optimization,
        high-performance, opportunities, unique, diversity, inclusion, equity, environments, environment, milestones, milestone, transparency, accountability, readiness, competence,
        competencies, knowledge, teamwork, wellbeing,
        well-being, unity, progress, prosperity
        """)
    /// Verbs that carry no aim of their own.
    static let emptyVerbs: Set<String> = list(
        """
        improve, enhance, increase, drive, strengthen, deliver, provide, become, be, build, transform,
        optimise, optimize, maximise, maximize, leverage, foster, accelerate, unlock, empower, scale,
        grow, take, raise, push, align, create, ensure, boost, make, develop, achieve, succeed, do,
        modernise, modernize, deepen, care, elevate, advance, being, having, lead, nurture, harness,
        champion, level, work, enable, embrace, promote, evolve, focus, support, maintain, establish,
        realise, realize,
        improving, building, increasing, reducing, growing, expand, cultivate, revolutionise, revolutionize,
        disrupt, reinvent, energise, energize, engage, bring, ignite, spark, fuel, supercharge,
        turbocharge, amplify,
        uplift, upgrade, extend, enrich, bolster, reinforce, sustain, scaling, driving, enhancing, strengthening
        """)
    /// Whom or what any organisation has: they don't make a goal concrete.
    static let generic: Set<String> = list(
        """
        team, teams, company, business, businesses, organisation, organization, department, people,
        customers, customer, clients, client, users, user, employees, employee, staff, stakeholders,
        stakeholder, product, products, platform, school, patients, patient, functions, function, market,
        markets, marketing, group, units, unit, developer, developers, engineering, sales, everyone,
        bank, hospital, community, industry, world, society, partners, members, member, data, technology,
        management, programme, roadmap, hr, it, finance, us, matters, forward, together, class, internal,
        external, key, core, overall, across, between, through, better, source, talent, faculty, student, students,
        academic, families, family, parent, residents, citizens, pupils, campus, university, educational
        """)
    /// Small words that count neither way.
    static let light: Set<String> = list(
        """
        a, an, the, our, my, your, their, its, we, i, in, on, at, to, for, of, and, or, with, by, from,
        as, across, through, around, all, every, each, into, so, that, what, way, how, while, very,
        really, truly, also, is, are, more, most, new, good, up, out, whole, entire, than, ever, will,
        this, it
        """)

    /// What every business wants more of: no aim of its own.
    static let gains: Set<String> = list(
        """
        revenue, margin, margins, profit, profits, profitability, demand, employees, base, costs, competition,
        talents, retain, attract, keep, satisfy, please, ourselves, top, line, bottom
        """)

    /// Adjectives of praise: "world-class", "enterprise-grade", "solid".
    static func isPraise(_ word: String) -> Bool {
        praise.contains(word)
            || ["-class", "-grade", "-edge", "-performing", "-quality"].contains(where: word.hasSuffix)
    }

    private static let praise: Set<String> = list(
        """
        great, good, better, best, strong, stronger, solid, excellent, outstanding, exceptional,
        superior, perfect,
        stellar, amazing, awesome, efficient, effective, modern, robust, seamless, scalable, innovative,
        attractive,
        valuable, powerful, dynamic, leading, premium, unique, smart, optimal, cutting-edge, state-of-the-art,
        improved, impactful, compelling, sophisticated, agile, successful, remarkable, unparalleled, unmatched
        """)

    static func isEmpty(_ word: Word) -> Bool {
        let lower = word.lower
        return abstract.contains(lower) || emptyVerbs.contains(lower) || generic.contains(lower)
            || isNominal(lower)
    }

    /// Nouns made of verbs and adjectives, "expansion" and "maturity", tell of no thing; some by now do.
    private static func isNominal(_ word: String) -> Bool {
        guard word.utf8.count > 7, !things.contains(word) else { return false }
        return ["tion", "sion", "ity", "ness", "ance", "ence"].contains(where: word.hasSuffix)
    }

    private static let things: Set<String> = list(
        """
        retention, conversion, conversions, accreditation, certification, population, education, nutrition,
        pollution, emission, emissions, university, facility, ambulance, insurance, residence,
        conference, audience,
        election, location, application, attrition, congestion, vaccination, addiction, discrimination,
        donation,
        subscription, legislation, graduation, reception, mortality, infertility, electricity, charity,
        minority,
        disability, loneliness, homelessness, illness, violence, science, allowance, attendance, maintenance,
        television, pension, permission, admission, transmission, profession, station, plantation, foundation,
        contraction, acquisition, recreation, vacation, accessibility, affordability, maternity, obesity,
        equity,
        immigration, medication, prescription, publication, corruption, distribution, remediation,
        recommendation
        """)

    /// Verbs that open a piece of work or an aim, depending on their object.
    static let openVerbs: Set<String> = list(
        """
        make, do, set, start, enable, convert, prepare, teach, give, connect, attract, choose, share, move, open,
        answer, invest,
        promote, coach, measure, close
        """)
    static let makers: Set<String> = list(
        """
        build, rebuild, create, deliver, provide, develop, establish, run, produce, design
        """)
    static let trainers: Set<String> = ["train", "conduct", "carry", "hold"]
    static let finishers: Set<String> = ["train", "translate", "migrate", "renovate", "document", "process"]
    /// Whom or what work is done on, by the piece.
    static let worked: Set<String> = ["papers", "volunteers", "applications", "staff"]
    static let wishes: Set<String> = ["would", "where", "love", "loves", "want", "miss", "trust"]
    static let owners: Set<String> = ["our", "people", "customers", "users", "we"]
}
