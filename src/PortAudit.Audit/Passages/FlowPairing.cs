using System.Runtime.InteropServices;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Passages;

/// <summary>
/// Pairs the flows of two capture points, even if a device between them changed addresses, ports and sequence numbers.
/// Each flow is in one pair at most. Surer bases come first (<see cref="PairingBasis"/>); their pairs give the clock
/// difference for the less sure ones.
/// </summary>
internal sealed class FlowPairing
{
    /// <summary>How far apart two flows may begin, once the clocks are set against each other: longer than a device
    /// delays a packet, shorter than it takes a host to use a port again.</summary>
    private const long ToleranceNs = 5_000_000_000;

    /// <summary>How far apart two flows may begin that nothing but the time pairs, in nanoseconds.</summary>
    private const long SameMomentNs = 500_000_000;

    /// <summary>Flows with the same key that are compared with one: more are many connections that look the
    /// same.</summary>
    private const int MaximumCandidates = 64;

    /// <summary>Pairs used to estimate the clock difference; more do not improve it.</summary>
    private const int MaximumCompared = 10_000;

    private List<FlowPair> _pairs = [];
    private List<FlowRecord> _first;
    private List<FlowRecord> _second;
    private long? _offsetNs;

    private FlowPairing(IEnumerable<FlowRecord> first, IEnumerable<FlowRecord> second)
    {
        // Errors about other flows are part of those.
        _first = [.. first.Where(flow => !flow.QuotesSeenFlow).Order(FlowOrder.ByStart)];
        _second = [.. second.Where(flow => !flow.QuotesSeenFlow).Order(FlowOrder.ByStart)];
    }

    /// <summary>The pairs of two points' flows, and the flows that are in none.</summary>
    /// <param name="first">Flows of the first point.</param>
    /// <param name="second">Flows of the second point.</param>
    public static PairedFlows Of(IEnumerable<FlowRecord> first, IEnumerable<FlowRecord> second)
    {
        var pairing = new FlowPairing(first, second);
        pairing.PairAll();
        return new PairedFlows(pairing._pairs, pairing._first, pairing._second);
    }

    private void PairAll()
    {
        Pair(PairingBasis.Addresses, PairingKeys.EndpointsOf, AreSureByEndpoints);
        Pair(PairingBasis.SequenceNumbers, PairingKeys.BothNumbersOf, static (_, _) => true);
        Pair(PairingBasis.SequenceNumbers, PairingKeys.OriginatorNumberOf, PairingKeys.ShareEndpoint);
        Pair(PairingBasis.SequenceNumbers, PairingKeys.ResponderNumberOf, PairingKeys.ShareEndpoint);
        NoteOffset();
        Pair(PairingBasis.Addresses, PairingKeys.EndpointsOf, IsAtSameTime);
        NoteOffset();
        Pair(PairingBasis.TcpTimestamps, PairingKeys.ClockOf,
            (one, other) => PairingKeys.ShareEndpoint(one, other) && IsAtSameTime(one, other));
        PairBySamples();
        NoteOffset();
        Pair(PairingBasis.Payload, PairingKeys.LongStartOf, IsAtSameTime);
        Pair(PairingBasis.Payload, PairingKeys.StartOf, IsAtSameTime);
        PairByTime();
        _pairs = [.. _pairs.Select(pair => new FlowPair(pair.First, pair.Second, pair.Basis, _offsetNs))];
    }

    /// <summary>Pairs flows with the same key that fit, those that begin nearest to each other.</summary>
    private void Pair<TKey>(PairingBasis basis, Func<FlowRecord, TKey?> keyOf, Func<FlowRecord, FlowRecord, bool> fit)
        where TKey : struct
    {
        if (_first.Count == 0 || _second.Count == 0)
            return;
        var waiting = new Dictionary<TKey, List<int>>();
        for (var index = 0; index < _second.Count; index++)
        {
            if (keyOf(_second[index]) is { } key)
                (CollectionsMarshal.GetValueRefOrAddDefault(waiting, key, out _) ??= []).Add(index);
        }

        var (usedFirst, usedSecond) = (new bool[_first.Count], new bool[_second.Count]);
        for (var index = 0; index < _first.Count; index++)
        {
            if (keyOf(_first[index]) is not { } key || !waiting.TryGetValue(key, out var candidates))
                continue;
            if (Nearest(_first[index], candidates, usedSecond, fit) is not { } found)
                continue;
            (usedFirst[index], usedSecond[found]) = (true, true);
            Add(_first[index], _second[found], basis);
        }

        Leave(usedFirst, usedSecond);
    }

    /// <summary>The flow that begins nearest. Candidates are in order of time: of very many those around the flow are
    /// looked at.</summary>
    private int? Nearest(FlowRecord flow, List<int> candidates, bool[] used, Func<FlowRecord, FlowRecord, bool> fit)
    {
        int? nearest = null;
        var least = long.MaxValue;
        var (from, to) = Around(flow, candidates);
        for (var index = from; index < to; index++)
        {
            var candidate = candidates[index];
            if (used[candidate] || !fit(flow, _second[candidate]))
                continue;
            var distance = Math.Abs(_second[candidate].StartNs - flow.StartNs - (_offsetNs ?? 0));
            if (distance < least)
                (nearest, least) = (candidate, distance);
        }

        return nearest;
    }

    private (int From, int To) Around(FlowRecord flow, List<int> candidates)
    {
        if (candidates.Count <= MaximumCandidates)
            return (0, candidates.Count);
        var (low, high) = (0, candidates.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_second[candidates[middle]].StartNs - (_offsetNs ?? 0) < flow.StartNs)
                low = middle + 1;
            else
                high = middle;
        }

        return (Math.Max(0, low - (MaximumCandidates / 2)), Math.Min(candidates.Count, low + (MaximumCandidates / 2)));
    }

    private void Add(FlowRecord first, FlowRecord second, PairingBasis basis)
    {
        var isTurned = basis == PairingBasis.Addresses && first.Originator != second.Originator;
        if (isTurned && second.DirectionBasis > first.DirectionBasis)
            first = first.Turn();
        else if (isTurned)
            second = second.Turn();
        _pairs.Add(new FlowPair(first, second, basis, _offsetNs));
    }

    private void Leave(bool[] usedFirst, bool[] usedSecond)
    {
        _first = [.. _first.Where((_, index) => !usedFirst[index])];
        _second = [.. _second.Where((_, index) => !usedSecond[index])];
    }

    /// <summary>How the clocks differ, roughly: the median over the pairs, or over some of very many.</summary>
    private void NoteOffset()
    {
        var differences = new List<long>();
        var step = 1 + (_pairs.Count / MaximumCompared);
        for (var index = 0; index < _pairs.Count; index += step)
        {
            var pair = _pairs[index];
            if ((pair.Differences(isOut: true).MedianNs() ?? pair.Differences(isOut: false).MedianNs()) is { } ns)
                differences.Add(ns);
        }

        differences.Sort();
        _offsetNs = differences is [] ? _offsetNs : differences[differences.Count / 2];
    }

    // Without a sign of how the clocks differ they are taken to be set.
    private bool IsAtSameTime(FlowRecord one, FlowRecord other)
    {
        var offsetNs = _offsetNs ?? 0;
        return other.StartNs - offsetNs <= one.EndNs + ToleranceNs
            && other.EndNs - offsetNs >= one.StartNs - ToleranceNs
            && !HaveOtherOpenings(one, other, offsetNs);
    }

    /// <summary>True for two attempts on the same ports: their SYNs are too far apart to be one.</summary>
    private static bool HaveOtherOpenings(FlowRecord one, FlowRecord other, long offsetNs) =>
        one.Trace?.Out.Opening is { } syn && other.Trace?.Out.Opening is { } otherSyn
        && Math.Abs(otherSyn.TimestampNs - offsetNs - syn.TimestampNs) > ToleranceNs;

    /// <summary>True when more than the addresses says so, whatever the clocks are: an initial sequence number, or
    /// packets.</summary>
    private static bool AreSureByEndpoints(FlowRecord one, FlowRecord other)
    {
        if (one.Trace is not { } first || other.Trace is not { } second)
            return false;
        if (IsSame(first.Out.Opening, second.Out.Opening) || IsSame(first.In.Opening, second.In.Opening))
            return true;
        return one.Originator == other.Originator ? CommonOf(first, second) > 0 : CommonOf(first, second.Turn()) > 0;
    }

    private static bool IsSame(TcpOpening? one, TcpOpening? other) =>
        one is not null && other is not null && one.SequenceNumber == other.SequenceNumber;

    /// <summary>Distinctive packets that both sampled.</summary>
    private static int CommonOf(FlowTrace one, FlowTrace other) =>
        (one.Out.IsRelative || one.In.IsRelative) ? 0
        : new SamplePairs(one.Out, other.Out).Count() + new SamplePairs(one.In, other.In).Count();

    /// <summary>Pairs flows of which both points sampled the same packets, those with most in common first.</summary>
    private void PairBySamples()
    {
        var bySample = new Dictionary<(bool IsOut, ulong Key), List<int>>();
        for (var index = 0; index < _second.Count; index++)
        {
            foreach (var sample in PairingKeys.SamplesOf(_second[index]))
                (CollectionsMarshal.GetValueRefOrAddDefault(bySample, sample, out _) ??= []).Add(index);
        }

        var found = new List<(int Common, int First, int Second)>();
        for (var index = 0; index < _first.Count; index++)
        {
            var counts = new Dictionary<int, int>();
            foreach (var sample in PairingKeys.SamplesOf(_first[index]))
            {
                foreach (var other in Others(bySample, sample))
                    CollectionsMarshal.GetValueRefOrAddDefault(counts, other, out _)++;
            }

            found.AddRange(counts.Where(count => count.Value >= PairingKeys.LeastCommon(_first[index])
                && _first[index].Transport == _second[count.Key].Transport
                && IsAtSameTime(_first[index], _second[count.Key]))
                .Select(count => (count.Value, index, count.Key)));
        }

        var (usedFirst, usedSecond) = (new bool[_first.Count], new bool[_second.Count]);
        foreach (var (_, first, second) in found.OrderByDescending(pair => pair.Common).ThenBy(pair =>
            Math.Abs(_second[pair.Second].StartNs - _first[pair.First].StartNs - (_offsetNs ?? 0)))
            .ThenBy(pair => pair.First).ThenBy(pair => pair.Second))
        {
            if (usedFirst[first] || usedSecond[second])
                continue;
            (usedFirst[first], usedSecond[second]) = (true, true);
            Add(_first[first], _second[second], PairingBasis.Packets);
        }

        Leave(usedFirst, usedSecond);
    }

    /// <summary>Flows that share a sample. A sample that very many have, as in polling, is ignored.</summary>
    private static List<int> Others(Dictionary<(bool, ulong), List<int>> bySample, (bool, ulong) sample)
    {
        const int maximumShared = 32;
        return bySample.TryGetValue(sample, out var others) && others.Count <= maximumShared ? others : [];
    }

    /// <summary>Pairs what begins at the same time between addresses that other pairs translate into each
    /// other.</summary>
    private void PairByTime()
    {
        if (_offsetNs is not { } offsetNs)
            return;
        var (byFirst, bySecond) = (new Dictionary<(IpAddress, IpAddress), int>(),
            new Dictionary<(IpAddress, IpAddress), int>());
        foreach (var pair in _pairs)
        {
            var number = byFirst.GetValueOrDefault(HostsOf(pair.First), byFirst.Count);
            if (byFirst.TryAdd(HostsOf(pair.First), number))
                bySecond.TryAdd(HostsOf(pair.Second), number);
        }

        var firsts = _first.ToHashSet(ReferenceEqualityComparer.Instance);
        (IpProtocol, int)? TranslationOf(FlowRecord flow) => flow.Transport.HasPorts
            && (firsts.Contains(flow) ? byFirst : bySecond).TryGetValue(HostsOf(flow), out var number)
                ? (flow.Transport, number)
                : null;
        Pair(PairingBasis.Time, TranslationOf, (one, other) =>
            Math.Abs(other.StartNs - offsetNs - one.StartNs) < SameMomentNs);
    }

    private static (IpAddress, IpAddress) HostsOf(FlowRecord flow) =>
        (flow.Originator.Address, flow.Responder.Address);
}

/// <summary>Flows of two capture points, paired.</summary>
/// <param name="Pairs">Connections that both recorded.</param>
/// <param name="FirstOnly">Flows of the first point alone, by start.</param>
/// <param name="SecondOnly">Flows of the second point alone, by start.</param>
internal sealed record PairedFlows(IReadOnlyList<FlowPair> Pairs, IReadOnlyList<FlowRecord> FirstOnly,
    IReadOnlyList<FlowRecord> SecondOnly);
