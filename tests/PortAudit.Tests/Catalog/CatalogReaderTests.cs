using PortAudit.Audit.Catalog;
using PortAudit.Tests.Yaml;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Catalog;

public sealed class CatalogReaderTests
{
    private const string Source = "source: { document: d, section: S, lines: [1] }";
    private const string Sound = "id: r, title: R, from: a, to: b, transport: tcp, ports: 1, need: required, " + Source;

    [Fact]
    public void Every_key_of_a_rule_is_read()
    {
        var rule = Rule("id: r.1, title: R, from: [a, internet], to: any, transport: [tcp, udp, \"ip:47\"], ports: "
            + "[135, 49152-57500], protocol: [dns], "
            + "security: mtls, need: conditional, when: [x, y], via: { announced-by: [dns] }, replies: other-port, "
            + "period: on-event, "
            + "source: { document: d, section: S / T, lines: [7, 9] }, note: our words");

        Assert.Equal("r.1", rule.Id);
        Assert.Equal("c", rule.Catalog);
        Assert.Equal("R", rule.Title);
        Assert.Equal("a internet", string.Join(' ', rule.From));
        Assert.Equal("any", string.Join(' ', rule.To));
        Assert.Equal("tcp udp ip:47", string.Join(' ', rule.Transports));
        Assert.Equal("135 49152-57500", string.Join(' ', rule.Ports));
        Assert.Null(rule.PortParameter);
        Assert.Equal("dns", string.Join(' ', rule.Protocols));
        Assert.Equal(TransportSecurity.Mtls, rule.Security);
        Assert.Equal(Need.Conditional, rule.Need);
        Assert.Equal("x y", string.Join(' ', rule.When.Conditions));
        Assert.False(rule.When.AnyOf);
        Assert.Equal("dns", string.Join(' ', rule.AnnouncedBy));
        Assert.Equal(Replies.OtherPort, rule.Replies);
        Assert.Equal(Period.OnEvent, rule.Period);
        Assert.Equal(RuleVerdict.Allowed, rule.Verdict);
        Assert.Equal(("d", "S / T", "7 9"),
            (rule.Source!.Document, rule.Source.Section, string.Join(' ', rule.Source.Lines)));
        Assert.Equal("our words", rule.Note);
    }

    [Fact]
    public void What_a_rule_leaves_out_has_the_weakest_meaning()
    {
        var rule = Rule(Sound);

        Assert.Empty(rule.Protocols);
        Assert.Equal(TransportSecurity.Any, rule.Security);
        Assert.Empty(rule.When.Conditions);
        Assert.Empty(rule.AnnouncedBy);
        Assert.Equal(Replies.Expected, rule.Replies);
        Assert.Equal(Period.Continuous, rule.Period);
        Assert.Null(rule.Note);
    }

    [Fact]
    public void A_choice_of_conditions_asks_for_one_of_them()
    {
        var when = Rule(Sound + ", when: { any-of: [x, y] }").When;

        Assert.True(when.AnyOf);
        Assert.Equal("x y", string.Join(' ', when.Conditions));
        Assert.Equal("x", string.Join(' ', Rule(Sound + ", when: x").When.Conditions));
    }

    [Theory]
    [InlineData("announced-by: dcerpc, services: netlogon", "netlogon")]
    [InlineData("announced-by: [dcerpc], services: [drsuapi, ICertPassage]", "drsuapi ICertPassage")]
    // an interface without a name
    [InlineData("announced-by: dcerpc, services: 12d4b7c8-77d5-11d1-8c24-00c04fa3080d",
        "12d4b7c8-77d5-11d1-8c24-00c04fa3080d")]
    [InlineData("announced-by: ssrp, services: PAYROLL", "PAYROLL")] // an instance is called as its owner likes
    [InlineData("announced-by: [dcerpc, ssrp], services: PAYROLL", "PAYROLL")]
    [InlineData("announced-by: dcerpc", "")]
    public void The_announced_services_of_a_rule_are_read(string via, string expected) =>
        Assert.Equal(expected, string.Join(' ', Rule(Sound + ", via: { " + via + " }").Services));

    [Fact]
    public void Ports_may_come_from_a_parameter()
    {
        var rule = Rule(Sound.Replace("ports: 1", "ports: { parameter: p }", StringComparison.Ordinal));

        Assert.Equal("p", rule.PortParameter);
        Assert.Empty(rule.Ports);
    }

    [Fact]
    public void A_transport_without_ports_needs_none()
    {
        var rule = Rule(Sound.Replace("transport: tcp, ports: 1", "transport: icmp", StringComparison.Ordinal));

        Assert.Equal(IpProtocol.Icmp, Assert.Single(rule.Transports));
        Assert.Empty(rule.Ports);
    }

    [Fact]
    public void Roles_conditions_and_parameters_are_read()
    {
        var text = "catalog: c\ntitle: C\nroles: { a: { title: A, aliases: [one, two], isA: b, partOf: b }, b: { "
            + "title: B } }\n" + Texts.ConditionsAndParameters + "rules: []\n";
        var file = Texts.Catalog(text, out var diagnostics)!.File;

        Assert.Empty(diagnostics);
        Assert.Equal(("C", "f.yaml"), (file.Title, file.File));
        Assert.Equal(("A", "one two", "b", "b"),
            (file.Roles[0].Title, string.Join(' ', file.Roles[0].Aliases), file.Roles[0].IsA, file.Roles[0].PartOf));
        Assert.Equal([true, false], file.Conditions.Select(condition => condition.Default));
        Assert.Equal("5000-5020 6000", string.Join(' ', Assert.Single(file.Parameters).Default));
    }

    [Theory]
    [InlineData("from: a", "from: aa", "unknown role 'aa'; did you mean 'a'?")]
    [InlineData("from: a", "from: []", "'from' of a rule holds nothing; name at least one")]
    [InlineData("from: a", "from: [a, a]", "'a' is listed twice in 'from' of a rule; keep one of them")]
    [InlineData("from: a", "from: { a: b }", "'from' of a rule is text, this is a mapping")]
    [InlineData("id: r", "id: r s", "'r s' is not an identifier; use letters, digits, '.', '-' and '_', beginning with "
        + "a letter or digit, at most 100 characters")]
    [InlineData("title: R, ", "", "a rule lacks 'title'")]
    [InlineData("title: R", "title: ''", "'title' of a rule is empty")]
    [InlineData("title: R", "title: ", "'title' of a rule is empty")]
    [InlineData("title: R", "titel: R, title: R", "unknown key 'titel' in a rule; did you mean 'title'?")]
    [InlineData("title: R", "title: R, cautions: x", "unknown key 'cautions' in a rule; keys of a rule: id, title, "
        + "from, to, transport, ports, when, protocol, security, need, via, replies, period, source, note, "
        + "operations")]
    [InlineData("title: R", "title: R, verdict: forbidden", "unknown key 'verdict' in a rule; keys of a rule: id, "
        + "title, from, to, transport, ports, when, protocol, security, need, via, replies, period, source, note, "
        + "operations")]
    [InlineData("transport: tcp", "transport: TCP",
        "'TCP' is not a transport; use tcp, udp, icmp, icmp6, sctp or ip:N with N from 0 to 255")]
    [InlineData("transport: tcp", "transport: [tcp, \"ip:256\"]",
        "'ip:256' is not a transport; use tcp, udp, icmp, icmp6, sctp or ip:N with N from 0 to 255")]
    [InlineData("transport: tcp", "transport: icmp", "icmp has no ports; remove 'ports'")]
    [InlineData("ports: 1, ", "", "a rule lacks 'ports'")]
    [InlineData("ports: 1", "ports: 0", "0 is not a port; ports run from 1 to 65535")]
    [InlineData("ports: 1", "ports: 1024-65536", "'65536' is beyond 65535, the highest port; ports run from 1 to 65535")
    ]
    [InlineData("ports: 1", "ports: 99999999999999999999",
        "'99999999999999999999' is beyond 65535, the highest port; ports run from 1 to 65535")]
    [InlineData("ports: 1", "ports: 5020-5000", "the range 5020-5000 runs backwards; write 5000-5020")]
    [InlineData("ports: 1", "ports: '50,000-59,999'",
        "'50,000-59,999' is not a port or a range of ports; write 5061 or 49152-57500, without thousands separators")]
    [InlineData("ports: 1", "ports: -5",
        "'-5' is not a port or a range of ports; write 5061 or 49152-57500, without thousands separators")]
    [InlineData("ports: 1", "ports: []", "the list of ports is empty; name at least one port or range")]
    [InlineData("ports: 1", "ports: [[1]]", "a port is a number or a range, this is a list; write 5061 or 49152-57500")]
    [InlineData("ports: 1", "ports: { parameter: q }", "unknown parameter 'q'; did you mean 'p'?")]
    [InlineData("ports: 1", "ports: { param: p, parameter: p }",
        "unknown key 'param' in a reference to ports; keys of a reference to ports: parameter")]
    [InlineData("need: required", "need: require", "'require' is no value of 'need'; did you mean 'required'?")]
    [InlineData("need: required, ", "", "a rule lacks 'need'")]
    [InlineData("need: required", "need: conditional",
        "a conditional need asks for 'when'; name the condition, or write need: required")]
    [InlineData("need: required", "need: conditional, when: []",
        "a conditional need asks for 'when'; name the condition, or write need: required")]
    [InlineData("need: required", "need: conditional, when: xx", "unknown condition 'xx'; did you mean 'x'?")]
    [InlineData("need: required", "need: required, security: ssl",
        "'ssl' is no value of 'security'; use one of none, tls, mtls, any")]
    [InlineData("need: required", "need: required, period: monthly",
        "'monthly' is no value of 'period'; use one of continuous, hourly, daily, weekly, on-event")]
    [InlineData("need: required", "need: required, replies: never",
        "'never' is no value of 'replies'; use one of expected, none, other-port")]
    [InlineData("need: required", "need: required, protocol: dnss", "unknown protocol 'dnss'; did you mean 'dns'?")]
    [InlineData("need: required", "need: required, when: xx", "unknown condition 'xx'; did you mean 'x'?")]
    [InlineData("need: required", "need: required, when: [[x]]", "the name of a condition is expected, this is a list; "
        + "write when: [a, b] for all of them, when: {any-of: [a, b]} for one of them")]
    [InlineData("need: required", "need: required, when: { all-of: x, any-of: x }",
        "unknown key 'all-of' in a choice of conditions; did you mean 'any-of'?")]
    [InlineData("need: required", "need: required, via: rpc",
        "'via' of a rule is neither direct nor announced; write direct or {announced-by: [dcerpc]}")]
    [InlineData("need: required", "need: required, via: { announced-by: dcerpc, services: [drsuapi, netlogn] }",
        "unknown RPC interface 'netlogn'; did you mean 'netlogon'?")]
    [InlineData("need: required", "need: required, via: { announced-by: dcerpc, services: DRSUAPI }",
        "unknown RPC interface 'DRSUAPI'; did you mean 'drsuapi'?")]
    [InlineData("need: required", "need: required, via: { announced-by: dcerpc, services: PAYROLL }",
        "unknown RPC interface 'PAYROLL'; name one that 'portaudit flows' can name as a service, or write its UUID")]
    [InlineData("need: required",
        "need: required, via: { announced-by: dcerpc, services: e3514235-4b06-11d1-ab04-00c04fc2dcd2 }",
        "the RPC interface 'e3514235-4b06-11d1-ab04-00c04fc2dcd2' has a name; write drsuapi")]
    [InlineData("need: required", "need: required, via: { announced-by: dcerpc, services: [] }",
        "'services' of a way holds nothing; name at least one")]
    [InlineData("need: required", "need: required, via: { announced-by: ssrp, services: [A, A] }",
        "'A' is listed twice in 'services' of a way; keep one of them")]
    [InlineData("need: required", "need: required, via: { announced-by: dcerpc, service: drsuapi }",
        "unknown key 'service' in a way; did you mean 'services'?")]
    [InlineData("need: required", "need: required, via: { services: drsuapi }", "a way lacks 'announced-by'")]
    [InlineData(Source, "note: x",
        "a rule lacks 'source'; write source: { document: ID, section: HEADINGS, lines: [N] }")]
    [InlineData(Source, "source: d", "a source is a mapping with keys, this is text")]
    [InlineData("document: d", "document: e", "unknown document 'e'; did you mean 'd'?")]
    [InlineData("section: S, ", "", "a source lacks 'section'")]
    [InlineData("lines: [1]", "lines: []", "'lines' of a source holds nothing; name at least one")]
    [InlineData("lines: [1]", "lines: [0]", "'0' is not a line number; lines are counted from 1; list every line")]
    [InlineData("lines: [1]", "lines: [80-82]",
        "'80-82' is not a line number; lines are counted from 1; list every line")]
    [InlineData("lines: [1]", "lines: [3, 2]", "line 2 stands after line 3; list lines in ascending order")]
    [InlineData("document: d", "document: page", "document 'page' has no text to count lines in; leave 'lines' out, or "
        + "give the document the 'sha256' of a text")]
    [InlineData(", lines: [1]", "", "a source lacks 'lines'")]
    public void A_fault_in_a_rule_is_one_diagnostic_in_its_line(string sound, string faulty, string expected)
    {
        Assert.Contains(sound, Sound, StringComparison.Ordinal);
        var catalog = Texts.Catalog(Text(Sound.Replace(sound, faulty, StringComparison.Ordinal)), out var diagnostics);

        Assert.Null(catalog);
        var diagnostic = Assert.Single(diagnostics);
        Assert.Equal(11, diagnostic.Line);
        Assert.True(diagnostic.Column > 1);
        Assert.Equal($"f.yaml:11:{diagnostic.Column}: {expected}", diagnostic.ToString());
    }

    [Theory]
    [InlineData("roles: { a: { title: A, isA: b }, b: { title: B, isA: a } }",
        "3:10: 'isA' forms a cycle: a -> b -> a; remove one 'isA'")]
    [InlineData("roles: { a: { title: A, partOf: a } }",
        "3:10: 'partOf' forms a cycle: a -> a; remove one 'partOf'")]
    [InlineData("roles: { a: { title: A, isA: bb }, b: { title: B } }", "3:30: unknown role 'bb'; did you mean 'b'?")]
    [InlineData("roles: { any: { title: Any } }", "3:10: role 'any' is built in; give it another name")]
    [InlineData("roles: { a: { titel: A, title: A } }", "3:15: unknown key 'titel' in role 'a'; did you mean 'title'?")]
    [InlineData("roles: [a]", "3:8: 'roles' of a catalog is a mapping, this is a list")]
    [InlineData("conditions: [{ id: x, title: X, default: maybe, " + Source + " }]",
        "3:42: 'maybe' is no switch; use one of on, off, true, false, yes, no")]
    [InlineData("conditions: [{ id: x, title: X, default: on }]",
        "3:14: a condition lacks 'source'; write source: { document: ID, section: HEADINGS, lines: [N] }")]
    [InlineData("conditions: [{ id: x, title: X, default: on, " + Source + " }, { id: x, title: X, default: on, "
        + Source + " }]", "3:103: condition 'x' is defined twice, first in line 3; give one of them another identifier")
        ]
    [InlineData("parameters: [{ id: p, title: P, kind: hosts, " + Source + " }]",
        "3:39: 'hosts' is no value of 'kind'; use one of ports")]
    [InlineData("hints: []", "3:1: unknown key 'hints' in a catalog; keys of a catalog: catalog, title, roles, "
        + "conditions, parameters, rules, cautions, dependencies, advice, signs")]
    public void A_fault_beside_the_rules_is_one_diagnostic(string line, string expected)
    {
        Assert.Null(Texts.Catalog("catalog: c\ntitle: C\n" + line + "\nrules: []\n", out var diagnostics));
        Texts.Only(expected, diagnostics);
    }

    [Theory]
    [InlineData("on", true)]
    [InlineData("off", false)]
    [InlineData("True", true)]
    [InlineData("FALSE", false)]
    [InlineData("yes", true)]
    [InlineData("'no'", false)]
    public void A_switch_has_three_pairs_of_words(string word, bool expected)
    {
        var text = "catalog: c\ntitle: C\nconditions: [{ id: x, title: X, default: " + word + ", " + Source
            + " }]\nrules: []\n";

        Assert.Equal(expected, Assert.Single(Texts.Catalog(text, out _)!.File.Conditions).Default);
    }

    [Fact]
    public void All_faults_of_a_file_come_in_one_run_in_the_order_of_the_file()
    {
        var text = "catalog: site\nroles: { a: {} }\nrules:\n  - { id: r }\n  - 5\n  - { id: r, from: q }\n";
        Texts.Catalog(text, out var diagnostics);

        Assert.Equal(diagnostics.OrderBy(diagnostic => diagnostic.Line).ThenBy(diagnostic => diagnostic.Column),
            diagnostics);
        Assert.Contains(diagnostics, diagnostic => diagnostic.Message == "'site' names the rules of a site");
        Assert.Contains(diagnostics, diagnostic => diagnostic.Message == "a catalog lacks 'title'");
        Assert.Contains(diagnostics, diagnostic => diagnostic.Message == "role 'a' lacks 'title'");
        Assert.Contains(diagnostics, diagnostic => diagnostic.Message == "rule 'r' is defined twice, first in line 4");
        Assert.Contains(diagnostics,
            diagnostic => diagnostic is { Line: 5, Message: "a rule is a mapping with keys, this is text" });
        Assert.Contains(diagnostics, diagnostic => diagnostic is { Line: 6, Message: "unknown role 'q'" });
    }

    private static Rule Rule(string fields)
    {
        var catalog = Texts.Catalog(Text(fields), out var diagnostics);
        Assert.Empty(diagnostics);
        return Assert.Single(catalog!.File.Rules);
    }

    private static string Text(string fields) =>
        Texts.CatalogHead + Texts.ConditionsAndParameters + "\nrules:\n  - { " + fields + " }\n";
}
