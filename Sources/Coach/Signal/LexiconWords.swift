// The words of each class. Verbs and nouns are listed once, in their base form; other words as they are typed.

extension Lexicon {
    static let verbs: [(WordClass, String)] = [
        (
            .workVerb,
            """
            work write draft fix build make prepare review update set test edit code design document check
            clean sort file collect gather process install configure patch merge refactor implement develop
            create produce compile assemble paint pack load deliver ship order buy purchase sell print scan
            copy email call phone send submit upload download record log track map analyse analyze interview
            survey visit inspect audit train teach coach onboard recruit hire shortlist advertise post
            publish proofread translate rewrite revise polish finish complete continue carry tidy arrange
            organise organize schedule book coordinate chase follow contact reach respond reply handle
            manage run operate maintain monitor support assist help join attend participate present demo
            show share circulate distribute hand transfer migrate port convert upgrade deploy roll replace
            repair remove delete add include integrate connect wire rework restructure reorganise move
            relocate renew extend sign register apply fill enter label catalogue archive digitise research
            investigate explore look dig study read evaluate assess measure benchmark prototype sketch
            wireframe mock experiment try debug troubleshoot reproduce rebase bump tag cut backport redirect
            restart reboot cordon provision rebuild refresh rename reformat consolidate reconcile invoice
            pay negotiate pitch quote tender procure commission reinstate recall regroup brainstorm outline
            summarise finalise finalize close reopen triage escalate assign delegate shadow cover staff
            rehearse film shoot cook plant harvest weld drill pour fit mount stock count weigh pick trial
            pilot sweep wash address tackle revisit redesign redo liaise collaborate partner sponsor fund
            donate facilitate host moderate spend invest raise bring put get take keep tweak tinker automate
            containerise vet verify validate certify catch clear clarify define formalise standardise
            harmonise introduce establish form set-up kick wrap push pull land ramp pair hack hold serve
            prep queue rotate table lay groundwork align swap stage store rent lease sew knit brew bake
            grade mark inform invite remind exchange deal sit walk drive fly travel unpack hang feed treat
            screen vaccinate immunise type transcribe dispatch forward relay commit chair minute resubmit
            reset sync brief handover extract import export query ingest seed index compute model simulate
            calibrate tune instrument decommission erect demolish fence plaster tile roof
            """
        ),
        (
            .meetVerb,
            """
            meet discuss talk speak chat attend host hold visit interview present brief debrief brainstorm
            sync workshop consult introduce gather regroup convene huddle call catch touch liaise
            """
        ),
        (
            .launchVerb,
            """
            launch release ship publish deploy announce open introduce roll unveil land merge debut deliver
            """
        ),
        (
            .planVerb,
            """
            plan intend prepare schedule expect hope aim target project forecast propose anticipate await
            wait
            """
        ),
        (
            .riseVerb,
            """
            rise increase grow climb jump gain improve double triple quadruple surge soar exceed surpass
            beat expand accelerate boost strengthen recover rebound lift raise widen outgrow scale multiply
            advance better outperform add shoot swell top extend heighten speed
            """
        ),
        (
            .fallVerb,
            """
            fall decrease drop decline shrink reduce cut halve lower shorten lose slip dip slump plunge
            plummet slow worsen weaken lag miss shed ease narrow dwindle deteriorate minimise minimize
            eliminate slash trim contract erode
            """
        ),
        (
            .effectVerb,
            """
            help save protect benefit serve free spare relieve delight satisfy convince win secure keep
            retain attract earn generate yield produce deliver restore resolve solve prevent avoid stop end
            remove transform change simplify streamline strengthen empower accelerate unlock inspire enrich
            reassure rescue heal cure replace qualify graduate succeed achieve accomplish thrive ease
            shorten double reach feed house employ reunite boost calm cheer connect include inform
            """
        ),
        (
            .reachVerb,
            """
            reach hit achieve attain pass cross meet surpass exceed approach total number average stand sit
            land record secure win earn score rank
            """
        ),
        (.enableVerb, "enable allow let permit help empower make give ensure equip encourage"),
        (
            .useVerb,
            """
            use adopt access download install buy choose join sign subscribe renew return visit rely switch
            recommend enrol enroll register complete apply attend participate donate upgrade convert receive
            watch
            """
        ),
        (
            .learnVerb,
            """
            learn discover realise realize find notice see observe understand recognise recognize
            underestimate overestimate assume confirm prove reveal uncover hear misjudge forget surprise
            """
        ),
        (
            .meanVerb,
            """
            mean suggest indicate show imply reflect signal point explain cause lead drive stem result
            depend rely hinge matter demonstrate highlight illustrate prove contribute affect influence
            shape determine limit prevent block hinder hurt harm undermine threaten risk drag discourage
            encourage reinforce correlate relate link tie trigger create force require outweigh underline
            betray hide mask tell teach account reveal attract reward punish favour favor scare deter breed
            feed buy
            """
        ),
        (
            .thinkVerb,
            """
            think believe feel suspect reckon guess suppose wonder assume consider see doubt worry fear
            expect imagine figure sense agree disagree prefer know trust value care mind resent hate like
            enjoy confuse mistake judge rate
            """
        ),
        (
            .adviseVerb,
            """
            recommend suggest propose advise urge encourage advocate favour favor endorse counsel move back
            support argue
            """
        ),
        (
            .decideVerb,
            """
            decide choose agree approve resolve commit conclude settle determine opt elect select pick
            authorise authorize reject decline accept adopt ratify vote veto confirm rule withdraw
            prioritise prioritize deprioritise rank pledge award side ban forbid drop cap limit freeze
            standardise standardize scrap axe retire nominate appoint dissolve grant overrule reverse uphold
            turn bet stake stick
            """
        ),
        (.askVerb, "ask request need want seek invite beg call require appeal look urge"),
        (
            .stopVerb,
            """
            stop pause halt cancel drop kill scrap abandon freeze suspend postpone defer delay end retire
            sunset deprecate cease discontinue shelve withdraw discourage refuse call ban forbid close pull
            decline reject park skip quit limit cap
            """
        ),
        (
            .chooseVerb,
            """
            prefer choose trade sacrifice weigh balance prioritise prioritize favour rank compare swap
            exchange
            """
        ),
        (.wantVerb, "want wish hope aim aspire intend strive seek target like love"),
        (.needVerb, "need require must demand deserve lack"),
        (
            .tendVerb,
            """
            tend seem appear remain stay become feel prove struggle keep rely depend happen occur vary
            differ
            """
        ),
        (
            .failVerb,
            """
            fail break crash struggle suffer lack miss confuse frustrate complain stall leak block stick
            burn overrun overload stumble annoy churn quit leave resign abandon hang time corrupt lose
            expire freeze misfire collapse overflow degrade mismatch misread
            """
        ),
        (
            .contributeVerb,
            """
            contribute participate volunteer involve engage maintain mentor collaborate onboard review join
            """
        ),
        (
            .describeVerb,
            """
            describe define explain list contain include cover comprise consist refer represent state
            outline summarise summarize provide publish base locate found call name own employ operate serve
            run belong denote specify cost last apply concern govern divide organise host retrieve date
            supply
            """
        ),
        (.startVerb, "start begin commence kick continue resume progress proceed try"),
        (
            .sayVerb,
            """
            say tell report explain note mention state claim announce answer reply ask add inform remark
            comment thank stress emphasise emphasize raise admit warn repeat call describe outline recap
            summarise propose express voice question wonder argue insist point
            """
        ),
        (
            .winVerb,
            """
            win sign renew close land secure retain keep earn achieve score beat convert attract gain finish
            qualify graduate recover survive pass succeed sell fill book return join adopt trust recommend
            praise cite copy
            """
        ),
        (
            .harmVerb,
            """
            hurt harm damage punish exclude scare frighten annoy deter drain eat waste overwhelm exhaust
            confuse mislead distort mask hide trap burden starve dilute stifle erode undermine ruin spoil
            bury discourage
            """
        ),
        (
            .existVerb,
            """
            live belong exist consist contain hold sit lie stand run last begin end start close open meet
            own cost employ number date originate stem house occupy span border
            """
        ),
        (
            .moveVerb,
            """
            focus shift double invest concentrate move commit put make take go let give keep consider adopt
            change rethink revisit rewrite split merge bring agree accept start begin limit require ensure
            simplify
            """
        ),
    ]

    static let nouns: [(WordClass, String)] = [
        (
            .metricNoun,
            """
            rate share percentage percent number volume figure score average median total ratio level count
            revenue income sales profit margin turnover growth churn retention conversion adoption usage
            traffic attendance occupancy throughput yield uptime availability latency coverage backlog
            turnaround satisfaction nps enrolment enrollment participation utilisation utilization
            efficiency productivity accuracy quality capacity response speed target kpi metric cost spend
            saving reduction download install subscriber signup sign-up membership order visit view donation
            referral complaint return refund defect injury incident vacancy absence footfall waste emission
            error queue wait mortality readmission dropout reliability performance load demand lead pipeline
            arr mrr gmv ebitda cash enquiry sale booking birth death case pass-rate pupil journey seat bed
            mile tonne litre hour vote signature click deal pass grade mark result temperature wage price
            rent
            """
        ),
        (
            .peopleNoun,
            """
            customer user client people patient student pupil resident citizen family household child parent
            member subscriber donor visitor guest reader learner teacher farmer driver shopper buyer seller
            merchant developer maintainer contributor veteran applicant claimant taxpayer worker employee
            nurse doctor tenant passenger traveller audience participant attendee attendant business company
            organisation organization community partner supplier funder beneficiary newcomer beginner
            researcher scientist school hospital charity website site everyone public neighbour voter viewer
            player listener owner mentor volunteer refugee caller rider host carer girl boy woman man adult
            clerk commuter motorist cyclist pensioner apprentice courier cook pharmacist midwife surgeon
            pilot chef hospice villager fisherman smallholder freelancer founder investor lender borrower
            holder trader advertiser publisher journalist newspaper editor musician artist choir club
            chapter
            """
        ),
        (
            .teamNoun,
            """
            team colleague staff crew group department committee board council squad working-group sig
            leadership management manager lead engineering engineer marketing finance sales legal
            procurement support ops hr product design office contractor vendor agency consultant steward
            chair ministry government bureau institute foundation trust charity union panel parliament house
            cabinet secretariat delegation secretary minister deputy officer clerk treasurer trustees ward
            faculty
            """
        ),
        (
            .artefactNoun,
            """
            draft document doc report deck slide page website site app feature release version pr pull patch
            ticket issue code test script form survey guide handbook manual policy template spreadsheet
            dashboard board roadmap backlog list plan spec proposal paper blog post article newsletter video
            logo banner brochure leaflet contract invoice database server pipeline tool api prototype mockup
            wireframe branch build repository repo library module package driver plugin integration install
            label poster kit curriculum lesson course chapter map catalogue exhibition show study thesis
            film recording podcast chart archive register ledger logbook menu rota timetable calendar
            mailing agenda minutes amendment bill motion petition tender bid quote order parcel shipment
            lorry machine press mould housing sample trial experiment fence trench foundation roof
            """
        ),
        (
            .meetingNoun,
            """
            meeting call workshop session interview conference summit standup stand-up retro retrospective
            planning sprint sync kickoff kick-off demo webinar hackathon training seminar event visit
            conversation discussion chat talk review one-to-one 1:1 offsite huddle bootcamp panel roundtable
            """
        ),
        (
            .problemNoun,
            """
            problem issue bug error failure outage incident defect complaint delay bottleneck blocker
            obstacle barrier gap shortage crash fault leak downtime regression vulnerability conflict
            confusion friction pain frustration burnout overload debt difficulty challenge mistake weakness
            dispute crisis strike accident flood fire breach spill fraud theft dropout slump decline flaw
            hole trap danger queue backlog
            """
        ),
        (
            .causeNoun,
            """
            reason cause driver factor root source culprit explanation pattern trend correlation consequence
            result effect impact symptom assumption misunderstanding difference mismatch tension dependency
            incentive motivation nature tendency
            """
        ),
        (
            .goalNoun,
            """
            goal aim objective target mission ambition vision aspiration purpose outcome success north-star
            kpi okr milestone commitment intention
            """
        ),
        (
            .choiceNoun,
            """
            option choice alternative decision trade-off tradeoff compromise recommendation proposal
            suggestion plan priority approach strategy direction way path route solution fix consensus vote
            preference
            """
        ),
        (
            .timeNoun,
            """
            day week month quarter year sprint morning afternoon evening night hour minute second fortnight
            season term weekend decade cycle period century
            """
        ),
        (
            .moneyNoun,
            """
            budget cost price fee grant fund funding money cash donation salary sponsorship invoice expense
            investment revenue capital loan payment dollar euro pound overhead
            """
        ),
        (
            .helpNoun,
            """
            help advice guidance input feedback assistance pointer hint suggestion tip thought idea opinion
            insight steer direction comment view clue recommendation wisdom
            """
        ),
        (
            .opinionNoun,
            """
            opinion view preference feeling sense take instinct hunch impression judgement judgment belief
            """
        ),
        (
            .documentNoun,
            """
            document report letter page section chapter appendix table figure annex handbook guide adr rfc
            minute agenda footnote article statistic policy summary paper spec template proposal readme note
            """
        ),
        (
            .placeNoun,
            """
            office site building room city country region headquarters hq warehouse plant ward floor campus
            store branch depot clinic
            """
        ),
        (
            .roleNoun,
            """
            director chair manager lead head officer coordinator co-ordinator secretary treasurer president
            ceo cto cfo coo engineer intern trustee founder owner maintainer facilitator editor analyst
            """
        ),
        (
            .lessonNoun,
            """
            lesson learning takeaway insight finding hypothesis assumption evidence hint sign signal clue
            """
        ),
        (
            .effortNoun,
            """
            work progress effort task step activity action initiative project workstream phase batch round
            iteration preparation migration rollout roll-out implementation integration development research
            testing maintenance planning onboarding recruitment refactoring review
            """
        ),
        (
            .riskNoun,
            """
            risk danger threat concern worry fear exposure uncertainty downside cost burden liability hazard
            """
        ),
        (
            .productNoun,
            """
            product service programme program platform system software project network tool certificate api
            protocol language course scheme initiative
            """
        ),
        (
            .partNoun,
            """
            part portion majority minority half third quarter fraction bulk rest percentage share
            """
        ),
    ]

    static let words: [(WordClass, String)] = [
        (.beVerb, "is are was were be been being am isn't aren't wasn't weren't"),
        (.haveVerb, "have has had having haven't hasn't hadn't"),
        (.doVerb, "do does did done doing don't doesn't didn't"),
        (
            .modalVerb,
            """
            will would can could should shall may might must ought won't can't cannot couldn't shouldn't
            """
        ),
        (
            .goodWord,
            """
            good great excellent successful successfully smooth smoothly strong positive healthy happy
            satisfied reliable reliably fast easy easily simple clear safe secure stable effective efficient
            useful valuable robust consistent consistently welcome beneficial popular quick quickly best
            well affordable accessible ideal trusted proud confident promising impressive free fair open
            delighted pleased thrilled glad sold-out full clean green ahead winning record top brilliant
            lovely kind warm helpful
            """
        ),
        (
            .badWord,
            """
            bad poor weak wrong broken slow slowly unclear confusing confused frustrated frustrating
            inconsistent unreliable fragile brittle outdated manual expensive costly risky dangerous unhappy
            missing stuck late overdue uncomfortable unsustainable unfair painful messy worse worst negative
            unreachable unavailable insufficient inadequate limited narrow disappointing misleading opaque
            tired exhausted overwhelmed scarce vague invisible unpredictable harmful hostile cold angry
            worried afraid anxious scared lonely empty thin shallow blind toxic stale flaky noisy dull rigid
            complicated overloaded overrated underrated ill flawed wasteful odd strange
            """
        ),
        (
            .hardWord,
            """
            hard difficult tough challenging complex complicated tricky impossible unlikely rare rarely slow
            costly unrealistic sensitive awkward demanding hopeless brutal exhausting uphill
            """
        ),
        (
            .certaintyWord,
            """
            clearly obviously certainly definitely always never surely really truly actually in-fact indeed
            essentially fundamentally simply largely mainly mostly primarily entirely purely ultimately
            """
        ),
        (
            .hedgeWord,
            """
            maybe perhaps probably possibly likely apparently seemingly somewhat roughly approximately about
            around nearly almost kind sort hopefully potentially arguably presumably fairly quite
            """
        ),
        (
            .comparative,
            """
            more less fewer better worse faster slower higher lower larger smaller bigger greater longer
            shorter earlier later cheaper easier harder stronger weaker most least best worst highest lowest
            fastest largest biggest than rather safer happier healthier sooner simpler twice further
            """
        ),
        (
            .degreeWord,
            """
            very too so extremely highly particularly especially significantly substantially considerably
            dramatically sharply massively hugely far much wildly incredibly vastly severely
            disproportionately
            """
        ),
        (
            .importanceWord,
            """
            important critical key essential crucial vital central main major biggest real fundamental core
            primary dominant necessary worth significant priority urgent serious strategic decisive fatal
            obvious true telling striking interesting surprising notable remarkable curious odd
            """
        ),
        (
            .newWord,
            """
            new newly first latest recent recently initial additional another extra further next upcoming
            """
        ),
        (
            .generalWord,
            """
            always often usually generally typically normally tend tends every each whenever rarely seldom
            never sometimes frequently commonly ordinarily mostly many most all any anyone everyone nobody
            no-one
            """
        ),
        (
            .changeAdverb,
            """
            now already finally today currently again anymore longer since until yet still instead no-longer
            """
        ),
        (
            .negation,
            """
            not no never nothing nobody none neither nor without hardly barely cannot can't don't doesn't
            didn't isn't aren't wasn't weren't won't wouldn't couldn't shouldn't haven't hasn't unable
            unless
            """
        ),
        (
            .quantifier,
            """
            some several many few most all both each every half third quarter majority dozen dozens couple
            lots plenty various multiple number handful two-thirds
            """
        ),
        (
            .increaseNoun,
            """
            increase rise growth improvement gain jump boost surge decrease decline drop fall reduction cut
            saving savings record high low uplift upturn downturn spike recovery turnaround
            """
        ),
        (
            .doubtWord,
            """
            unsure uncertain stuck lost confused stumped clueless torn unclear stump puzzled baffled loss
            wondering undecided idk dunno unfamiliar newbie noob
            """
        ),
        (
            .statusWord,
            """
            done ongoing underway under-way progress pending complete completed finished started track green
            amber red status wip tbd ready scheduled planned blocked outstanding remaining due halfway
            """
        ),
        (.causeLink, "because since as due owing thanks therefore hence thus why caused reason given"),
        (
            .contrastLink,
            """
            but however although though while whereas yet despite instead rather unlike nevertheless still
            even
            """
        ),
        (.conditionLink, "if unless when whenever where once otherwise without until provided"),
        (
            .resultLink,
            """
            so thus therefore hence consequently resulting thereby meaning thanks which enabling allowing
            saving helping
            """
        ),
        (.purposeLink, "to for order"),
        (.timeLink, "after before during following when while as since until once by"),
        (.additionLink, "and also additionally moreover furthermore plus besides too"),
        (.firstPerson, "i we my our us me mine ours myself ourselves"),
        (.secondPerson, "you your yours yourself u ya"),
        (.thirdPerson, "he she they them their his her him its theirs themselves"),
        (.demonstrative, "this that these those it"),
        (.expletive, "there here it"),
        (.questionWord, "what how why when where who which whose whether"),
        (
            .indefinite,
            """
            anyone someone anybody somebody everyone everybody nobody anything something everything whoever
            folks
            """
        ),
        (.relative, "that which who whom whose where"),
        (
            .thanksWord,
            """
            thanks thank thx ty grateful gratitude appreciate appreciated appreciation kudos congratulations
            congrats welcome sorry apologies
            """
        ),
        (
            .greetingWord,
            """
            hi hello hey dear morning afternoon evening cheers regards best sincerely bye welcome everyone
            all team folks reminder fyi ps note nb btw
            """
        ),
        (.openWord, "open happy keen glad curious interested eager welcome love flexible fine willing"),
        (
            .monthName,
            """
            january february march april may june july august september october november december jan feb
            mar apr jun jul aug sep sept oct nov dec q1 q2 q3 q4 h1 h2 spring summer autumn winter fall
            easter christmas
            """
        ),
        (
            .weekday,
            """
            monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun
            """
        ),
        (.clockWord, "today yesterday tomorrow tonight am pm noon midnight utc gmt eod eow"),
        (.bigNumber, "hundred hundreds thousand thousands million millions billion billions k m bn"),
        (
            .smallNumber,
            """
            one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty
            """
        ),
        (.ordinal, "first second third fourth fifth last final"),
        (
            .progressAdverb,
            """
            still currently presently continuing busy halfway nearly almost soon shortly finally just
            already underway ongoing
            """
        ),
        (.nextWord, "next upcoming soon tomorrow later tbd following forthcoming"),
        (
            .pastTime,
            """
            ago yesterday last previously earlier originally formerly historically initially recently
            """
        ),
        (
            .preposition,
            """
            of in on at with from into by about over under between through across against per via among
            towards toward within upon onto behind above below
            """
        ),
        (.article, "the a an"),
    ]

    static let irregularVerbs = """
        write/wrote/written build/built make/made hold/held send/sent meet/met speak/spoke/spoken
        get/got/gotten give/gave/given take/took/taken bring/brought buy/bought sell/sold find/found
        see/saw/seen know/knew/known think/thought feel/felt begin/began/begun keep/kept lose/lost win/won
        rise/rose/risen fall/fell/fallen grow/grew/grown shrink/shrank/shrunk choose/chose/chosen
        leave/left run/ran lead/led mean/meant teach/taught catch/caught tell/told say/said
        show/showed/shown hear/heard learn/learnt spend/spent pay/paid draw/drew/drawn break/broke/broken
        drive/drove/driven understand/understood go/went/gone come/came become/became
        forget/forgot/forgotten stick/stuck sit/sat stand/stood withdraw/withdrew/withdrawn
        redo/redid/redone rewrite/rewrote/rewritten rebuild/rebuilt deal/dealt swap/swapped ship/shipped
        fly/flew freeze/froze/frozen hide/hid/hidden wear/wore/worn seek/sought shoot/shot sweep/swept
        undertake/undertook overrun/overran outgrow/outgrew/outgrown
        """
}
