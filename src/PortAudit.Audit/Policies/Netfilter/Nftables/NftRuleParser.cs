using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Netfilter.Nftables;

/// <summary>Reads a rule of the text form (nft(8), "Statements").</summary>
/// <param name="cursor">The tokens.</param>
/// <param name="values">Reads values.</param>
internal sealed class NftRuleParser(NftCursor cursor, NftValueParser values)
{
    /// <summary>Stands at the end of a line that was too long to be read.</summary>
    public const string CutWord = "\u2026";

    private readonly NftFieldParser _fields = new(cursor);
    private string? _comment;

    /// <summary>Reads to the end of the rule.</summary>
    /// <param name="text">Shows the line where it begins.</param>
    public NftRule Read(PolicyDraft text)
    {
        var (start, line) = (cursor.Position, cursor.Next.Line);
        var statements = ImmutableArray.CreateBuilder<NftStatement>();
        _comment = null;
        while (!cursor.IsAtRuleEnd)
        {
            var before = cursor.Position;
            if (ReadStatement() is { } statement)
                statements.Add(statement);
            if (cursor.Position == before)
                cursor.Take();
        }

        return new NftRule(statements.ToImmutable(), _comment, line,
            cursor.Position == start ? text.Shown(line) : cursor.Text(start));
    }

    private NftStatement? ReadStatement()
    {
        if (values.ReadVerdict() is { } verdict)
            return verdict.Action is null ? Skip(verdict) : verdict;
        var word = cursor.Next.Kind == NftTokenKind.Word ? cursor.Next.Text : "";
        switch (word)
        {
            case "comment":
                cursor.Take();
                _comment = cursor.TakeText() is { } comment ? ConfigurationText.Shown(comment) : null;
                return null;
            case "counter":
                return Counter();
            case "reject":
                return Skip(NftVerdicts.Reject);
            case "log" or "notrack" or "reset" or "dup" or "trace":
                return Effect(word);
            case "limit" or "quota" or "meter" or "last":
                return Rate(word);
            case "snat" or "dnat" or "masquerade" or "redirect":
                return Translation(word);
            case "tproxy" or "synproxy" or "fwd":
                return Skip(new NftVerdict(null, Reason: $"hands the packet on ({word})"));
            case "add" or "update" or "delete":
                return Update();
            case "set" or "flow":
                return Skip(new NftEffect());
            case "xt":
                return Extension();
        }

        if (word == "ct" && cursor.Second is { Text: "count" })
            return Rate(word);
        return Comparison();
    }

    /// <summary><c>xt match "icmp"</c>, <c>xt target "LOG"</c>: what iptables-nft put into the kernel and nft cannot
    /// show.</summary>
    private NftStatement Extension()
    {
        cursor.Take();
        var kind = cursor.TakeText();
        var name = ConfigurationText.Shown(cursor.TakeText() ?? "");
        return kind is "match" or "target"
            ? NftExtensions.Of(kind, name)
            : Skip(new NftVerdict(null, Reason: "an extension of iptables that nft does not show"));
    }

    private NftStatement Skip(NftStatement statement)
    {
        while (!cursor.IsAtRuleEnd && !cursor.Next.IsWord("comment"))
        {
            if (!cursor.Next.IsSign("{") || !cursor.SkipBlock())
                cursor.Take();
        }

        return statement;
    }

    private NftCounter? Counter()
    {
        cursor.Take();
        if (cursor.TakeWord("name"))
        {
            cursor.TakeText();
            return null;
        }

        if (!cursor.TakeWord("packets"))
            return null;
        var packets = cursor.TakeText();
        if (cursor.TakeWord("bytes"))
            cursor.TakeText();
        return long.TryParse(packets, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? new NftCounter(count)
            : null;
    }

    /// <summary>Passes a statement that decides nothing, with the words that belong to it.</summary>
    private NftEffect Effect(string word)
    {
        cursor.Take();
        if (word == "log")
        {
            while (cursor.Next.Kind == NftTokenKind.Word && cursor.Next.Text is "prefix" or "level" or "group"
                or "snaplen"
                or "queue-threshold" or "flags")
            {
                cursor.Take();
                cursor.TakeText();
                while (cursor.TakeSign(","))
                    cursor.TakeText();
                // log flags tcp sequence
                if (cursor.Next.Kind == NftTokenKind.Word && cursor.Next.Text is "sequence" or "options")
                    cursor.Take();
            }
        }
        else if (word == "reset")
        {
            _fields.Read();
        }
        else if (word == "dup")
        {
            cursor.TakeWord("to");
            values.ReadList();
            if (cursor.TakeWord("device"))
                values.ReadList();
        }

        return new NftEffect(IsExemption: word == "notrack");
    }

    /// <summary>A rate: <c>limit rate over 10/second burst 5 packets</c>, <c>ct count over 3</c>, <c>quota 1
    /// mbytes</c>,
    /// <c>meter m { ip saddr limit rate 1/second }</c>.</summary>
    private NftCondition Rate(string word)
    {
        var start = cursor.Position;
        cursor.Take();
        while (!cursor.IsAtRuleEnd)
        {
            if (cursor.Next.IsSign("{"))
            {
                cursor.SkipBlock();
                break;
            }

            if (!IsOfRate(word))
                break;
            cursor.Take();
        }

        return new NftCondition(ConditionKind.Rate, cursor.Text(start), "depends on a rate or number of connections");
    }

    private bool IsOfRate(string word) => word == "meter" || cursor.Next.Kind == NftTokenKind.Quoted
        || (cursor.Next.Text is "rate" or "over" or "until" or "burst" or "packets" or "bytes" or "kbytes" or "mbytes"
            or "name" or "used" or "count" or "never" or "second" or "minute" or "hour" or "day" or "week"
            || cursor.Next.Text.Length > 0 && char.IsAsciiDigit(cursor.Next.Text[0])
            || cursor.Next.Text.Contains('/', StringComparison.Ordinal))
        || (word is "limit" or "quota" && IsBehindName());

    private bool IsBehindName() => cursor.Previous.IsWord("name");

    /// <summary><c>dnat [ip|ip6] [to] ADDRESS[:PORT] [random,persistent]</c>.</summary>
    private NftStatement Translation(string kind)
    {
        cursor.Take();
        if (!cursor.Next.IsWord("prefix"))
        {
            while (cursor.Next.Kind == NftTokenKind.Word && cursor.Next.Text is "ip" or "ip6" or "to"
                && !(cursor.Next.Text is "ip" or "ip6" && !cursor.Second.IsWord("to") && !cursor.Second.IsWord("addr")))
                cursor.Take();
        }

        var address = cursor.Next.Kind == NftTokenKind.Word && char.IsAsciiHexDigit(cursor.Next.Text[0])
            || cursor.Next.Text is ['[', ..] ? cursor.Next.Text : null;
        return Skip(new NftTranslation(kind, address));
    }

    /// <summary><c>add @set { ip saddr timeout 10m }</c>: the set depends on packets.</summary>
    private NftEffect Update()
    {
        cursor.Take();
        var set = cursor.TakeText();
        if (cursor.Next.IsSign("{"))
            cursor.SkipBlock();
        return new NftEffect(set?.TrimStart('@'));
    }

    private NftStatement Comparison()
    {
        var start = cursor.Position;
        if (_fields.Read() is not { } fields)
        {
            var unknown = ConfigurationText.Shown(cursor.Next.Text);
            return Skip(new NftVerdict(null, Reason: unknown == CutWord
                ? $"longer than {ConfigurationText.MaxLineLength} characters" : $"unknown statement '{unknown}'"));
        }

        NftValue? mask = null;
        if (cursor.TakeSign("&"))
            mask = values.Read(0);
        if (cursor.TakeWord("set"))
            return Set();
        if (cursor.TakeWord("vmap"))
            return new NftVerdictMap(fields, values.Read(0), cursor.Text(start));
        var sign = "";
        if (cursor.Next.Kind == NftTokenKind.Sign && cursor.Next.Text is "==" or "!=" or "<" or "<=" or ">" or ">="
            or "!")
            sign = cursor.Take().Text;
        else if (cursor.Next.IsWord("in") || cursor.Next.IsWord("eq") || cursor.Next.IsWord("ne")
            || cursor.Next.IsWord("lt") || cursor.Next.IsWord("gt") || cursor.Next.IsWord("le")
                || cursor.Next.IsWord("ge"))
            sign = Word(cursor.Take().Text);
        var right = values.ReadList();
        // tcp flags syn / fin,syn,rst,ack: the mask stands behind.
        if (mask is null && cursor.TakeWord("/"))
            (mask, sign) = (values.ReadList(), sign.Length == 0 ? "==" : sign);
        return new NftMatch(fields, sign, mask, right, cursor.Text(start));
    }

    private static string Word(string name) => name switch
    {
        "eq" => "==",
        "ne" => "!=",
        "lt" => "<",
        "le" => "<=",
        "gt" => ">",
        "ge" => ">=",
        _ => "in",
    };

    /// <summary>A change of a field: <c>meta mark set 1</c>, <c>tcp option maxseg size set rt mtu</c>.</summary>
    private NftStatement Set()
    {
        if (cursor.Next.Kind == NftTokenKind.Word && cursor.Next.Text is "numgen" or "jhash" or "symhash")
            return Skip(new NftVerdict(null, Reason: "a field set by chance is not read"));
        if (_fields.Read() is null)
            values.ReadList();
        for (; ; )
        {
            if (cursor.Next.IsWord("map")
                || (cursor.Next.Kind == NftTokenKind.Sign && cursor.Next.Text is "|" or "&" or "^"))
                cursor.Take();
            else
                return new NftEffect();
            values.ReadList();
        }
    }
}
