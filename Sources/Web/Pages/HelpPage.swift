import Markup

/// How to use the product, and how to use it without a mouse.
struct HelpPage {
    /// Whether single keys do something on this device.
    let hasKeys: Bool

    var page: Page {
        Page(
            title: "Help and keyboard",
            main: """
                <header class="open">
                <h1>Help</h1>
                <p class="lede">Throughline turns one-on-ones into strategy sessions, and keeps what was agreed. \
                One session goes like this.</p>
                </header>
                <div class="parts">
                \(session)
                \(keyboard)
                \(trouble)
                </div>
                """)
    }

    private var session: HTML {
        """
        <section class="part" aria-labelledby="session">
        <h2 id="session">A session</h2>
        <div class="body">
        <ul class="ruled stack">
        <li><h3>Ask</h3><p>Say what the session is for, how long it takes and when you could. The other person accepts a \
        time, proposes another, or declines with a word.</p></li>
        <li><h3>Prepare</h3><p>Write what should be true when it ends, order the agenda, gather achievements, challenges \
        and the support you need. It is yours alone until you share it.</p></li>
        <li><h3>Be asked the next question</h3><p>While you write, the coach marks words that report work or could stand \
        over any meeting, says why it matters, and asks a question. It runs on your company’s own machine, keeps nothing of \
        what you write, and nobody else sees what it said. “Keep my words” sends it away.</p></li>
        <li><h3>Have it in your calendar</h3><p>Invitations come by mail, or your calendar reads a secret address: \
        <a href="\(Path.settings)#calendar">your settings</a> say which. One-on-ones that you have elsewhere \
        <a href="\(Path.upload)">can be brought here</a>.</p></li>
        <li><h3>Meet</h3><p>Five steps, each with its share of the time: context, goals, feedback, the future, and \
        confirming. Either of you can write, and what is decided is caught as you go.</p></li>
        <li><h3>Confirm</h3><p>The recap is put together from what you caught. Both of you say yes, or say what is off. \
        Then it is final, and goes to both of you by e-mail, once.</p></li>
        <li><h3>Come back to it</h3><p>Later changes are added with a reason, never written over. Commitments wait on \
        your Today page, and the next session opens with what became of them.</p></li>
        <li><h3>Find it again</h3><p><a href="\(Path.search)">Search</a> looks through objectives, your sessions and what \
        was promised there. You find what you may read; your drafts and private notes are found by you alone.</p></li>
        <li><h3>Be reminded</h3><p>A mail in the morning says what waits for you, if anything does: a session to prepare, \
        a recap to confirm, a promise. What you are reminded of, and when, is yours to choose in your settings.</p></li>
        </ul>
        <p><a href="\(Path.privacy)">Who can read what</a></p>
        </div>
        </section>
        """
    }

    private var keyboard: HTML {
        """
        <section class="part" aria-labelledby="keyboard">
        <h2 id="keyboard">Keyboard</h2>
        <div class="body">
        <p>Everything can be done without a mouse, with the keys that your browser has.</p>
        <table class="tbl"><caption class="vh">Keys and what they do</caption>
        <thead><tr><th scope="col">Key</th><th scope="col">What it does</th></tr></thead>
        <tbody>
        <tr><th scope="row">Tab, Shift + Tab</th><td>Go to the next or the previous thing that can be used. The first Tab \
        on a page offers “Skip to the content”.</td></tr>
        <tr><th scope="row">Enter</th><td>Follow a link, press a button, send a form of single lines.</td></tr>
        <tr><th scope="row">Ctrl + Enter, or ⌘ + Enter</th><td>Send the form while you write in a field of several \
        lines.</td></tr>
        <tr><th scope="row">Space</th><td>Tick, choose, open or close a section.</td></tr>
        <tr><th scope="row">Arrow keys</th><td>Move among choices that exclude each other.</td></tr>
        <tr><th scope="row">/</th><td>Go to the search, while you write nowhere.</td></tr>
        <tr><th scope="row">Escape</th><td>Close the menu under your initials.</td></tr>
        </tbody></table>
        <form class="row" action="\(Path.keys)" method="post"><p>The key / is \(hasKeys ? "on" : "off") in this browser. \
        Whoever speaks to their computer may like it better off.</p>\
        <button class="btn sm" name="keys" value="\(hasKeys ? "off" : "on")">Switch it \(hasKeys ? "off" : "on")</button></form>
        <p>An agenda is put in order by dragging, or with the buttons “Move up” and “Move down” at each item.</p>
        </div>
        </section>
        """
    }

    private var trouble: HTML {
        """
        <section class="part" aria-labelledby="trouble">
        <h2 id="trouble">When something is off</h2>
        <div class="body">
        <ul class="ruled stack">
        <li><h3>You are offline</h3><p>Keep writing. What you type in a session stays on your device and goes up when you \
        are back.</p></li>
        <li><h3>You both wrote at once</h3><p>Changes to different lines are put together. Where they can’t be, you see \
        both texts and choose; neither is thrown away.</p></li>
        <li><h3>You can’t get in</h3><p><a href="\(Path.forgottenPassword)">Ask for a new password</a>, or ask somebody \
        who looks after Throughline at your company.</p></li>
        <li><h3>A browser that you don’t know is signed in as you</h3><p><a href="\(Path.settings)">Sign it out</a> and \
        change your password.</p></li>
        </ul>
        </div>
        </section>
        """
    }
}
