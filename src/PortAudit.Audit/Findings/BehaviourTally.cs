using PortAudit.Audit.Behaviour;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Wording;

namespace PortAudit.Audit.Findings;

/// <summary>What a model of behaviour says of flows whose protocol no bytes prove, by kind. Not saved: a watch has
/// no model.</summary>
internal sealed class BehaviourTally
{
    /// <summary>Flows by kind, with the lowest and highest probability in whole percent, rounded down.</summary>
    private readonly SortedDictionary<BehaviourKind, (long Flows, int Least, int Most)> _kinds = [];

    /// <summary>The kinds with their flows and probabilities: <c>voice (probability 93 to 98 %)</c>; empty without
    /// any.</summary>
    /// <param name="flows">Flows of the finding.</param>
    public string Text(long flows) => _kinds.Count == 0 ? "" : HostList.Of(
    [
        .. _kinds.OrderByDescending(entry => entry.Value.Flows).ThenBy(entry => entry.Key).Select(entry =>
            $"{Words(entry.Key)} ({(flows == 1 ? "" : $"{Quantity.Of(entry.Value.Flows, "flow")}, ")}"
            + $"{Chance(entry.Value)})"),
    ]);

    /// <summary>A sentence with a leading space; empty without any.</summary>
    /// <param name="flows">Flows of the finding.</param>
    public string Sentence(long flows) => _kinds.Count == 0
        ? ""
        : $" By the sizes and times of {Quantity.Word(flows, "its", "their")} packets a model takes "
            + $"{Quantity.Word(flows, "it", "them")} for {Text(flows)}; that proves nothing.";

    public void Add(Judgement judgement)
    {
        if (judgement.Behaviour is not { } named)
            return;
        var percent = (int)(100 * named.Probability);
        Add(named.Kind, (1, percent, percent));
    }

    public void UnionWith(BehaviourTally other)
    {
        foreach (var (kind, counted) in other._kinds)
            Add(kind, counted);
    }

    /// <summary>A kind in a sentence.</summary>
    public static string Words(BehaviourKind kind) => kind switch
    {
        BehaviourKind.Voice => "voice",
        BehaviourKind.Video => "video",
        BehaviourKind.RemoteDesktop => "a remote desktop",
        BehaviourKind.BulkTransfer => "a bulk transfer",
        BehaviourKind.RequestResponse => "requests and their answers",
        BehaviourKind.InteractiveShell => "an interactive shell",
        BehaviourKind.Web => "web pages",
        BehaviourKind.Tunnel => "a tunnel",
    };

    private void Add(BehaviourKind kind, (long Flows, int Least, int Most) counted) =>
        _kinds[kind] = _kinds.TryGetValue(kind, out var known)
            ? (known.Flows + counted.Flows, Math.Min(known.Least, counted.Least), Math.Max(known.Most, counted.Most))
            : counted;

    private static string Chance((long Flows, int Least, int Most) counted) => counted.Least == counted.Most
        ? $"probability {counted.Least} %"
        : $"probability {counted.Least} to {counted.Most} %";
}
