using System.Collections.Immutable;
using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Site;

/// <summary>Reads the conduits of a site.</summary>
/// <param name="segments">Segments that a conduit may join.</param>
/// <param name="diagnostics">Receives diagnostics.</param>
internal sealed class ConduitsReader(KnownNames segments, FileDiagnostics diagnostics)
{
    private static readonly WordList<ConduitDefault> Defaults = new(
        "value of 'default'", ("unexpected", ConduitDefault.Unexpected), ("permitted", ConduitDefault.Permitted),
        ("forbidden", ConduitDefault.Forbidden));

    private readonly Dictionary<(string From, string To), Conduit> _conduits = [];

    /// <summary>The conduits in the order of the file; faulty ones are skipped with a diagnostic.</summary>
    public ImmutableArray<Conduit> Read(ImmutableArray<YamlValue> items) =>
        [.. items.Select(ReadConduit).OfType<Conduit>()];

    private Conduit? ReadConduit(YamlValue item)
    {
        if (Fields.Of(item, "a conduit", diagnostics) is not { } fields)
            return null;
        var from = fields.RequiredText("from");
        var to = fields.RequiredText("to");
        var word = fields.RequiredText("default");
        var reason = fields.RequiredText("reason");
        var owner = fields.RequiredText("owner");
        fields.Close();
        var areKnown = from is not null & to is not null && IsKnown(from!) & IsKnown(to!);
        var meaning = word is null ? null : Defaults.Read(word, diagnostics);
        if (!areKnown || meaning is null || reason is null || owner is null)
            return null;
        var conduit = new Conduit(from!.Text, to!.Text, meaning.Value, reason.Text, owner.Text, fields.Position.Line);
        return IsSound(conduit, fields.Position) ? conduit : null;
    }

    private bool IsKnown(YamlText name) => segments.Check(name, diagnostics);

    private bool IsSound(Conduit conduit, TextPosition position)
    {
        if (conduit.From == conduit.To)
        {
            diagnostics.Error(position, $"the conduit leads from {Spelling.Quote(conduit.From)} to itself",
                "a conduit joins two segments; traffic within one needs a rule");
            return false;
        }

        if (!_conduits.TryAdd((conduit.From, conduit.To), conduit))
        {
            diagnostics.Error(position,
                $"{Name(conduit)} is listed twice, first in line {_conduits[(conduit.From, conduit.To)].Line}",
                "keep one of them");
            return false;
        }

        if (_conduits.GetValueOrDefault((conduit.To, conduit.From)) is { } back && Contradict(back, conduit))
            diagnostics.Warning(position,
                $"{Name(conduit)} is {WordOf(conduit)} and {Name(back)} (line {back.Line}) is {WordOf(back)}",
                "nothing to do if that is meant: who opens a connection decides which of them counts, and answers "
                    + "belong to the connection");
        return true;
    }

    private static bool Contradict(Conduit one, Conduit other) =>
        (one.Default, other.Default) is (ConduitDefault.Permitted, ConduitDefault.Forbidden)
            or (ConduitDefault.Forbidden, ConduitDefault.Permitted);

    private static string Name(Conduit conduit) =>
        $"the conduit from {Spelling.Quote(conduit.From)} to {Spelling.Quote(conduit.To)}";

    private static string WordOf(Conduit conduit) => conduit.Default switch
    {
        ConduitDefault.Unexpected => "unexpected",
        ConduitDefault.Permitted => "permitted",
        ConduitDefault.Forbidden => "forbidden",
    };
}
