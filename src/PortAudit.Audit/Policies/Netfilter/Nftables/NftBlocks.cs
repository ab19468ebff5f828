using PortAudit.Audit.Policies.Import;

namespace PortAudit.Audit.Policies.Netfilter.Nftables;

/// <summary>Reads tables, chains, sets and maps of the text form.</summary>
internal sealed class NftBlocks(NftCursor cursor, NftRuleset ruleset, NftValueParser values, PolicyDraft draft)
{
    private readonly NftRuleParser _rules = new(cursor, values);

    /// <summary>Notes the lines from a position to the next token.</summary>
    /// <param name="start">The position.</param>
    /// <param name="reason">Why they are not evaluated; null when they are.</param>
    public void Note(int start, string? reason)
    {
        foreach (var line in cursor.Lines(start))
        {
            if (reason is null)
                draft.Understood(line);
            else
                draft.NotEvaluable(line, reason);
        }
    }

    /// <summary>Reads a table behind its keyword.</summary>
    public void ReadTable()
    {
        var start = cursor.Position;
        var first = cursor.TakeText() ?? "";
        var second = cursor.Next.Kind is NftTokenKind.Word or NftTokenKind.Quoted ? cursor.TakeText() : null;
        var table = ruleset.Table(second is null ? "ip" : first, second ?? first);
        cursor.SkipNewLines();
        if (!cursor.TakeSign("{"))
        {
            Note(start, null);
            return;
        }

        Note(start, null);
        if (table is null)
        {
            SkipOther(start);
            return;
        }

        for (cursor.SkipLines(); !cursor.TakeSign("}"); cursor.SkipLines())
        {
            if (cursor.IsAtEnd)
            {
                ruleset.HideAll("the file ends in a table");
                draft.NotEvaluable(cursor.Next.Line, "the file ends in a table");
                return;
            }

            var before = cursor.Position;
            ReadEntry(table);
            if (cursor.Position == before)
                cursor.Take();
        }

        Closed();
    }

    /// <summary>Reads a chain, set, map, rule or elements behind the keyword.</summary>
    /// <param name="table">The table.</param>
    /// <param name="kind">The keyword.</param>
    /// <param name="start">Where the statement begins.</param>
    /// <param name="isInserted">True when a rule goes to the head of its chain.</param>
    /// <param name="isCommand">True outside a table.</param>
    public void ReadObject(TableDraft table, string kind, int start, bool isInserted, bool isCommand)
    {
        var line = cursor.Next.Line;
        var name = cursor.TakeText() ?? "";
        switch (kind)
        {
            case "chain":
                var chain = table.Chain(name, line);
                chain.Line = line;
                if (isCommand)
                    cursor.TakeSign(";");
                if (cursor.TakeSign("{"))
                    ReadChain(chain, start);
                else
                    Note(start, null);
                break;
            case "set" or "map":
                ReadSet(ruleset.Sets.Declare(table, name, line), start);
                break;
            case "element":
                var set = ruleset.Sets.Declare(table, name, line);
                if (cursor.TakeSign("{"))
                    AddElements(set, values.ReadElements(0), start);
                break;
            case "rule":
                ReadRule(table.Chain(name, line), isInserted);
                break;
            default:
                if (cursor.Next.IsSign("{"))
                    cursor.SkipBlock();
                else
                    cursor.SkipRule();
                SkippedLines(start);
                break;
        }
    }

    private void ReadEntry(TableDraft table)
    {
        var start = cursor.Position;
        var kind = cursor.TakeText() ?? "";
        switch (kind)
        {
            case "flags":
                table.IsDormant |= cursor.TakeText() == "dormant";
                cursor.SkipRule();
                Note(start, null);
                break;
            case "comment":
                cursor.SkipRule();
                SkippedLines(start);
                break;
            case "chain" or "set" or "map":
                ReadObject(table, kind, start, isInserted: false, isCommand: false);
                break;
            case "counter" or "quota" or "limit" or "flowtable" or "secmark" or "synproxy" or "meter":
                ReadObject(table, "", start, isInserted: false, isCommand: false);
                break;
            case "ct":
                cursor.TakeText();
                ReadObject(table, "", start, isInserted: false, isCommand: false);
                break;
            case "include":
                Unread(start, "an included file is not read");
                break;
            default:
                Unread(start, $"unknown word '{ConfigurationText.Shown(kind)}' in a table");
                break;
        }
    }

    private void Unread(int start, string reason)
    {
        cursor.SkipRule();
        Note(start, reason);
        ruleset.HideAll(reason);
    }

    private void ReadChain(ChainDraft chain, int start)
    {
        Note(start, null);
        for (cursor.SkipLines(); !cursor.TakeSign("}"); cursor.SkipLines())
        {
            if (cursor.IsAtEnd)
            {
                chain.Hide("the file ends in a chain");
                return;
            }

            var before = cursor.Position;
            if (cursor.Next.Kind != NftTokenKind.Word || !ReadProperty(chain, cursor.Next.Text, before))
                ReadRule(chain, isInserted: false);
            if (cursor.Position == before)
                cursor.Take();
        }

        Closed();
    }

    private bool ReadProperty(ChainDraft chain, string word, int start)
    {
        switch (word)
        {
            case "type" or "policy":
                NftChainProperties.Read(chain, cursor, values, out var reason);
                Note(start, reason);
                return true;
            case "comment" or "flags" or "devices":
                cursor.SkipRule();
                SkippedLines(start);
                return true;
            case "include":
                cursor.SkipRule();
                Note(start, "an included file is not read");
                chain.Hide("an included file is not read");
                return true;
            default:
                return false;
        }
    }

    private void ReadRule(ChainDraft chain, bool isInserted)
    {
        var start = cursor.Position;
        var rule = _rules.Read(draft);
        ruleset.Add(chain, rule, cursor.Lines(start), isInserted);
    }

    private void ReadSet(NftSet set, int start)
    {
        Note(start, null);
        if (!cursor.TakeSign("{"))
            return;
        for (cursor.SkipLines(); !cursor.TakeSign("}"); cursor.SkipLines())
        {
            if (cursor.IsAtEnd)
            {
                set.IsDynamic = true;
                return;
            }

            var before = cursor.Position;
            if (cursor.TakeWord("elements"))
            {
                cursor.TakeSign("=");
                AddElements(set, values.Read(0), before);
            }
            else
            {
                // A set with a timeout loses its elements, a dynamic one gains some from packets.
                while (!cursor.IsAtRuleEnd)
                    set.IsDynamic |= cursor.Take().Text is "dynamic" or "timeout";
                Note(before, null);
            }

            if (cursor.Position == before)
                cursor.Take();
        }

        Closed();
    }

    private void AddElements(NftSet set, NftValue elements, int start)
    {
        if (elements is NftMany many)
        {
            set.Elements.AddRange(many.Elements);
            Note(start, null);
            return;
        }

        set.IsDynamic = true;
        Note(start, elements is NftOpaque opaque ? opaque.Reason : "not a list of elements");
    }

    private void SkipOther(int start)
    {
        for (var depth = 1; depth > 0 && !cursor.IsAtEnd;)
        {
            var token = cursor.Take();
            depth += token.IsSign("{") ? 1 : token.IsSign("}") ? -1 : 0;
        }

        SkippedLines(start);
    }

    private void SkippedLines(int start)
    {
        foreach (var line in cursor.Lines(start))
            draft.Other(line);
    }

    private void Closed() => draft.Understood(cursor.Previous.Line);
}
