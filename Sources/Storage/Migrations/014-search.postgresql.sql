-- The index of the search on PostgreSQL: a text search vector beside each entry, and triggers that keep it.

-- Words as they are looked for: small letters, Latin ones without their accents, and spaces for all that is neither a letter
-- nor a figure. What SQLite's tokenizer 'unicode61 remove_diacritics 2' does, in whatever locale the server runs; the two
-- rows of letters are written from it. Words of English letters alone, which are most, are spared the search for theirs.
create function search_fold(words text) returns text language sql immutable parallel safe as $$
    select coalesce(string_agg(case when word !~ '[^\u0001-\u007f]' then word else translate(
        regexp_replace(word, '[\u0300-\u036f]+', '', 'g'),
            'µÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞàáâãäåçèéêëìíîïñòóôõöùúûüýÿĀāĂăĄąĆćĈĉĊċČčĎďĐĒēĔĕĖėĘęĚěĜĝĞğĠ'
            'ġĢģĤĥĦĨĩĪīĬĭĮįİĲĴĵĶķĹĺĻļĽľĿŁŃńŅņŇňŊŌōŎŏŐőŒŔŕŖŗŘřŚśŜŝŞşŠšŢţŤťŦŨũŪūŬŭŮůŰűŲųŴŵŶŷŸŹźŻżŽžſƁƂƄƆƇ'
            'ƉƊƋƎƏƐƑƓƔƖƗƘƜƝƟƠơƢƤƦƧƩƬƮƯưƱƲƳƵƷƸƼǄǅǇǈǊǋǍǎǏǐǑǒǓǔǕǖǗǘǙǚǛǜǞǟǠǢǤǦǧǨǩǪǫǬǭǮǰǱǲǴǵǶǷǸǹǺǻǼǾȀȁȂȃȄȅȆȇ'
            'ȈȉȊȋȌȍȎȏȐȑȒȓȔȕȖȗȘșȚțȜȞȟȠȢȤȦȧȨȩȪȫȬȭȮȯȰȱȲȳȺȻȽȾɁɃɄɅɆɈɊɌɎͰͲͶΆΈΉΊΌΎΏΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΪΫς'
            'ϏϐϑϕϖϘϚϜϞϠϢϤϦϨϪϬϮϰϱϴϵϷϹϺϽϾϿЀЁЂЃЄЅІЇЈЉЊЋЌЍЎЏАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯѠѢѤѦѨѪѬѮѰѲѴѶѸѺѼ'
            'ѾҀҊҌҎҐҒҔҖҘҚҜҞҠҢҤҦҨҪҬҮҰҲҴҶҸҺҼҾӀӁӃӅӇӉӋӍӐӒӔӖӘӚӜӞӠӢӤӦӨӪӬӮӰӲӴӶӸӺӼӾԀԂԄԆԈԊԌԎԐԒԔԖԘԚԜԞԠԢԤԦԱԲԳԴԵԶԷԸԹ'
            'ԺԻԼԽԾԿՀՁՂՃՄՅՆՇՈՉՊՋՌՍՎՏՐՑՒՓՔՕՖḀḁḂḃḄḅḆḇḈḉḊḋḌḍḎḏḐḑḒḓḔḕḖḗḘḙḚḛḜḝḞḟḠḡḢḣḤḥḦḧḨḩḪḫḬḭḮḯḰḱḲḳḴḵḶḷḸḹḺḻḼ'
            'ḽḾḿṀṁṂṃṄṅṆṇṈṉṊṋṌṍṎṏṐṑṒṓṔṕṖṗṘṙṚṛṜṝṞṟṠṡṢṣṤṥṦṧṨṩṪṫṬṭṮṯṰṱṲṳṴṵṶṷṸṹṺṻṼṽṾṿẀẁẂẃẄẅẆẇẈẉẊẋẌẍẎẏẐẑẒẓẔẕẖ'
            'ẗẘẙẛẞẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợỤụỦủỨứỪừỬửỮữỰựỲỳỴ'
            'ỵỶỷỸỹỺỼỾἈἉἊἋἌἍἎἏἘἙἚἛἜἝἨἩἪἫἬἭἮἯἸἹἺἻἼἽἾἿὈὉὊὋὌὍὙὛὝὟὨὩὪὫὬὭὮὯᾈᾉᾊᾋᾌᾍᾎᾏᾘᾙᾚᾛᾜᾝᾞᾟᾨᾩᾪᾫᾬᾭᾮᾯᾸᾹᾺΆᾼιῈΈῊΉ'
            'ῌῘῙῚΊῨῩῪΎῬῸΌῺΏῼＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ',
            'μaaaaaaæceeeeiiiiðnoooooøuuuuyþaaaaaaceeeeiiiinooooouuuuyyaaaaaaccccccccddđeeeeeeeeeeggggg'
            'ggghhħiiiiiiiiiĳjjkkllllllŀłnnnnnnŋooooooœrrrrrrssssssssttttŧuuuuuuuuuuuuwwyyyzzzzzzsɓƃƅɔƈ'
            'ɖɗƌǝəɛƒɠɣɩɨƙɯɲɵooƣƥʀƨʃƭʈuuʊʋƴƶʒƹƽǆǆǉǉǌǌaaiioouuuuuuuuuuaaǡǣǥggkkooooǯjǳǳggƕƿnnaaǽǿaaaaeeee'
            'iiiioooorrrruuuussttȝhhƞȣȥaaeeooooooooyyⱥȼƚⱦɂƀʉʌɇɉɋɍɏͱͳͷάέήίόύώαβγδεζηθικλμνξοπρστυφχψωϊϋσ'
            'ϗβθφπϙϛϝϟϡϣϥϧϩϫϭϯκρθεϸϲϻͻͼͽѐёђѓєѕіїјљњћќѝўџабвгдежзийклмнопрстуфхцчшщъыьэюяѡѣѥѧѩѫѭѯѱѳѵѷѹѻѽ'
            'ѿҁҋҍҏґғҕҗҙқҝҟҡңҥҧҩҫҭүұҳҵҷҹһҽҿӏӂӄӆӈӊӌӎӑӓӕӗәӛӝӟӡӣӥӧөӫӭӯӱӳӵӷӹӻӽӿԁԃԅԇԉԋԍԏԑԓԕԗԙԛԝԟԡԣԥԧաբգդեզէըթ'
            'ժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆaabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkklllllll'
            'lmmmmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzh'
            'twysßaaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyy'
            'yyyyyỻỽỿἀἁἂἃἄἅἆἇἐἑἒἓἔἕἠἡἢἣἤἥἦἧἰἱἲἳἴἵἶἷὀὁὂὃὄὅὑὓὕὗὠὡὢὣὤὥὦὧᾀᾁᾂᾃᾄᾅᾆᾇᾐᾑᾒᾓᾔᾕᾖᾗᾠᾡᾢᾣᾤᾥᾦᾧᾰᾱὰάᾳιὲέὴή'
            'ῃῐῑὶίῠῡὺύῥὸόὼώῳａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ') end, ' ' order by place), '')
    from unnest(string_to_array(lower(regexp_replace(words,
        '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7'
        '\u02c2-\u02c5\u02d2-\u02df\u2000-\u206f\u20a0-\u20cf\u2190-\u245f\u2500-\u2775\u2794-\u2bff'
        '\u3000-\u3004\u3008-\u3020\uff01-\uff0f]+',
        ' ', 'g') collate "C"), ' ')) with ordinality as words (word, place)
$$;

create table search_entry (
    number bigint generated always as identity primary key,
    -- The table that it is of, which row, and which part of it.
    source text not null,
    thing text not null,
    part text not null,
    -- Whose alone it is; empty where all may read it that may read the session or the objective.
    author text not null,
    session text,
    objective text,
    title text not null,
    body text not null,
    words tsvector generated always as (setweight(to_tsvector('simple', search_fold(title)), 'A')
        || to_tsvector('simple', search_fold(body))) stored,
    unique (source, thing, part)
);
create index search_entry_by_session on search_entry (session);
create index search_entry_by_objective on search_entry (objective);
create index search_entry_by_words on search_entry using gin (words);

-- Sequential scans are off in what follows: whole tables that were read would make serialisable writes collide.
create function search_keep() returns trigger language plpgsql set enable_seqscan = off as $$
declare
    written text;
begin
    if tg_table_name = 'recap' then written := new.session; else written := new.id; end if;
    insert into search_entry (source, thing, part, author, session, objective, title, body)
    select f.* from search_source f where f.source = tg_table_name and f.thing = written
    on conflict (source, thing, part) do update set
        session = excluded.session, author = excluded.author, title = excluded.title, body = excluded.body;
    return null;
end
$$;
create function search_keep_text() returns trigger language plpgsql set enable_seqscan = off as $$
begin
    insert into search_entry (source, thing, part, author, session, objective, title, body)
    select f.* from search_source f
    where f.source = 'session_text' and f.session = new.session and f.part = new.field and f.author = new.author
    on conflict (source, thing, part) do update set body = excluded.body;
    return null;
end
$$;
create function search_forget() returns trigger language plpgsql set enable_seqscan = off as $$
declare
    written text;
begin
    if tg_table_name = 'recap' then written := old.session; else written := old.id; end if;
    delete from search_entry where source = tg_table_name and thing = written;
    return null;
end
$$;
create function search_forget_text() returns trigger language plpgsql set enable_seqscan = off as $$
begin
    delete from search_entry
    where source = 'session_text' and thing = old.session || ' ' || old.author and part = old.field;
    return null;
end
$$;

create trigger search_objective_kept after insert or update of title, description, learnt on objective
    for each row execute function search_keep();
create trigger search_objective_gone after delete on objective for each row execute function search_forget();
create trigger search_key_result_kept after insert or update of title, removed_at on key_result
    for each row execute function search_keep();
create trigger search_key_result_gone after delete on key_result for each row execute function search_forget();
create trigger search_session_kept after insert or update of title, purpose_words, message on session
    for each row execute function search_keep();
create trigger search_session_gone after delete on session for each row execute function search_forget();
create trigger search_agenda_item_kept after insert or update of session, title, shared_at, removed_at on agenda_item
    for each row execute function search_keep();
create trigger search_agenda_item_gone after delete on agenda_item for each row execute function search_forget();
create trigger search_evidence_kept after insert or update of session, body, metric_unit, metric_period, anecdote, link, shared_at, removed_at on evidence
    for each row execute function search_keep();
create trigger search_evidence_gone after delete on evidence for each row execute function search_forget();
create trigger search_capture_kept after insert or update of kind, body, removed_at on capture
    for each row execute function search_keep();
create trigger search_capture_gone after delete on capture for each row execute function search_forget();
create trigger search_action_kept after insert or update of body, settled_words, removed_at on action
    for each row execute function search_keep();
create trigger search_action_gone after delete on action for each row execute function search_forget();
create trigger search_recap_kept after insert or update of takeaways, decisions, oath on recap
    for each row execute function search_keep();
create trigger search_recap_gone after delete on recap for each row execute function search_forget();
create trigger search_amendment_kept after insert or update of reason, body on amendment
    for each row execute function search_keep();
create trigger search_amendment_gone after delete on amendment for each row execute function search_forget();
create trigger search_session_text_kept after insert or update of body on session_text
    for each row execute function search_keep_text();
create trigger search_session_text_gone after delete on session_text for each row execute function search_forget_text();

-- What was written before there was an index.
insert into search_entry (source, thing, part, author, session, objective, title, body) select f.* from search_source f;
