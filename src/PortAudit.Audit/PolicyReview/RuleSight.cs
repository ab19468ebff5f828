using System.Collections.Immutable;

namespace PortAudit.Audit.PolicyReview;

/// <summary>Whether the captures could have shown connections of a rule of a firewall.</summary>
/// <param name="Points">Capture points that could, by name.</param>
/// <param name="WatchedNs">How long connections of the rule were watched for, in nanoseconds: where it joins several
/// pairs of segments, the time of the pair that was watched for the shortest time, at the point that watched it
/// longest.</param>
/// <param name="WhyNot">Why connections between two segments that it joins could not have been seen, one sentence; null
/// when all could.</param>
internal sealed record RuleSight(ImmutableArray<string> Points, long WatchedNs, string? WhyNot);
