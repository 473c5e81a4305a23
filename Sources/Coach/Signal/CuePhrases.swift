// Fixed phrases by which people hand over, ask, lead, report a result, read the facts, give background or tell of
// work under way.

/// Fixed phrases that show what a sentence does; "*" stands for any one word.
enum CuePhrases {
    struct Phrase: Sendable {
        /// Phrases with the same number show the same thing.
        let id: Int
        let words: [String]
    }

    private static let byFirst: [UInt64: [Phrase]] = {
        var table: [UInt64: [Phrase]] = [:]
        for (group, list) in groups.enumerated() {
            for line in list.split(separator: ";") {
                let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
                guard let first = words.first else { continue }
                table[Hash.of(first), default: []].append(Phrase(id: group, words: words))
            }
        }
        return table
    }()

    static func starting(with hash: UInt64) -> [Phrase] {
        byFirst[hash] ?? []
    }

    /// Each string is one cue. Contractions are written open: "do not", "i am".
    private static let groups = [
        // Handing the thinking over.
        """
        any help; any ideas; any idea; any thoughts; any advice; any suggestions; any suggestion; any input;
        any pointers; any guidance; any tips; any feedback; any recommendations; any hints; any insight; any
        insights; any opinions; any clue; any comments; any assistance; any views
        """,
        """
        not sure how; not sure what; not sure where; not sure if; not sure whether; not sure which; not sure
        why; not really sure; no idea; do not know; not know; no clue; at a loss; do not understand; have no
        idea; unsure how; unsure what; not certain; am lost; am stuck; are stuck; out of ideas; hard to say;
        quite sure; know how to; do not really know; am confused; not entirely sure; not quite sure
        """,
        """
        what do you; what would you; what should i; what should we; how should i; how should we; how do i;
        how do we; what can i do; what can we do; what are your; how would you; where should; where do i;
        where do we; what is the best; do you think; should i; should we; is there a way; is there any; does
        anyone; has anyone; can anyone; could anyone; can someone; could someone; would anyone; anyone know;
        anyone have; what to do; how to proceed; where to go; where to start; which way; what is your; how
        to go about
        """,
        """
        up to you; your call; either way; strong opinion; strong opinions; strong feelings; strong
        preference; let me know; open to; you decide; leave it to you; leave that to you; leave it with;
        over to you; you think; fine with either; happy to go; whatever you; as you see fit; your thoughts;
        your views; your opinion; thoughts ?; ideas ?; defer to; you prefer; happy either; no preference;
        tell me what; like to hear; love to hear
        """,
        """
        be appreciated; greatly appreciated; much appreciated; gratefully received; be grateful; would
        appreciate; be great; be welcome; are welcome; be helpful; point me; appreciate any; thanks in
        advance; help me; help us
        """,
        // Asking for something named.
        """
        please; could you; can you; would you; will you; i need you; we need you; i ask; asking for; i would
        like you; are looking for; am looking for; we ask; ask that; ask you to; we request; seeking
        approval; need your; i want you; is requested; call on; urge; we invite; get involved; reach out;
        sign up; join us; need someone; need volunteers; help wanted; looking for volunteers; asks the; are
        seeking; request approval
        """,
        // Leading.
        """
        should; we need to; need to; must; have to; needs to; we ought; ought to; let us; i suggest; i
        propose; i recommend; we recommend; we suggest; we propose; i would; we could; we would like to; it
        is time to; it would make sense; makes sense to; make sense to; better to; worth; i think we; i
        believe we; we must; the right thing; my recommendation; my proposal; our recommendation; best to;
        we have to; it is important to; makes more sense; want us to; my advice
        """,
        """
        we decided; i decided; have decided; has decided; decided to; decided not; agreed to; agreed that;
        we chose; we agreed; have agreed; have chosen; chose to; we will not; will no longer; instead of;
        rather than; we are committing; on hold; opted for; opted to; settled on; going with; go with; went
        with; decision is; decision was; was decided; is decided; was agreed; we will prioritise; we will
        prioritize; will focus on; double down; at the expense; give up; we are choosing;
        prioritize; prioritise; resolved to; resolved that; we voted; was approved; approved the; ruled out;
        committed to; commit to; we will; we are going to; we are not going
        """,
        """
        either *; or *; trade - off; trade-off; option a; two options; on balance; versus; vs; in exchange
        for; the alternative
        """,
        // Results.
        """
        now able; can now; are now able; is now; are now; now have; now has; no longer; for the first time;
        as a result; which means; so that; resulted in; resulting in; led to; leading to; thanks to; as of;
        more than *; over *; up from; down from; compared to; compared with; year over year; than a year;
        than last year; per cent; on time; ahead of; back online; back up; now use; now uses; have been
        able; was able; were able
        """,
        """
        our goal; our aim; the goal; the aim; goal is; aim is; target is; our target; we aim; i aim; we
        want; we hope; aim to; we wish; our ambition; success is; success means; success looks; by the end;
        want to see; vision is; our mission; aiming for; aiming to; will have; on track to; objective is;
        our objective; we would be
        """,
        // Reading the facts.
        """
        because; due to; the reason; driven by; caused by; because of; reason for; reason is; root cause;
        turns out; turned out; this means; that means; which means; this suggests; suggests that; it seems;
        seems to; seem to; appears to; tends to; tend to; it is clear; shows that; showed that; means that;
        it is not; the problem is; the issue is; the challenge is; the difficulty; biggest risk; the risk;
        at risk; at odds; depends on; relies on; is why; what we learned; we learned; i learned; lesson; we
        realised; we realized; i realised; i realized; we found that; found that; in hindsight; in
        retrospect; turns into; the main problem; the real; worth noting; the more; it is hard; harder to;
        the only way; too many; too much; not enough; as long as; if we; if they; if people; if you; rather
        than
        """,
        // Background.
        """
        this document; this page; this report; this letter; this section; this proposal; refers to; is
        defined as; is called; is known as; consists of; is based in; was founded; is located; is
        responsible for; is a; is an; are a; is the; is published; was published; originally; previously; at
        the time; at that time; in total; a reminder; quick reminder; thank you; thanks to; thanks for;
        thanks everyone; the following; as follows; see below; for example; please note; for reference; for
        context; background; agenda; attendees; next meeting; minutes of; takes place; will take place; is
        held; begins at; starts at; for those who; welcome to; happy to; on behalf of; note that; for more
        information; in this; there are; there is; had to; used to
        """,
        // Work under way.
        """
        working on; worked on; work on; is working; are working; currently; in progress; next step; next
        steps; next week; this week; last week; started to; began; we have been; i have been; continued to;
        continue to; busy with; follow up; following up; wrote up; set up; caught up; catching up; met with;
        we had; i had; spent; took part; signed up; ran a; did a; did some; had a; to come; will be; is
        planned; planned for; are planning; going to; has been; have been; was added; were added; added;
        landed; merged; looked at; looking at; looking into; got through; in the process; under way; to do;
        preparing; drafted; reached out; went to; attended; waiting for; waiting on
        """,
    ]
}
