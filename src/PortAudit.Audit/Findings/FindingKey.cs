using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PortAudit.Audit.Matching;
using PortAudit.Audit.State;

namespace PortAudit.Audit.Findings;

/// <summary>What makes flows one cause: kind, pair of roles, and the rule; where no rule is concerned, the service
/// instead.</summary>
/// <param name="Kind">Kind of finding.</param>
/// <param name="From">Originating role.</param>
/// <param name="To">Responding role.</param>
/// <param name="Rule">The rule; null if none.</param>
/// <param name="Service">Transport, port and protocol when there is no rule; empty otherwise.</param>
internal sealed record FindingKey(FindingKind Kind, string From, string To, BoundRule? Rule, string Service = "")
{
    /// <summary>Length of <see cref="Id"/>, in hexadecimal digits: 48 bits suffice for far more findings than anyone
    /// reads.</summary>
    private const int IdLength = 12;

    /// <summary>An order of keys of one audit.</summary>
    public static Comparer<FindingKey> Order { get; } = Comparer<FindingKey>.Create((a, b) =>
        a.SortKey.CompareTo(b.SortKey));

    private (FindingKind Kind, string From, string To, int Rule, string Service) SortKey =>
        (Kind, From, To, Rule?.Index ?? -1, Service);

    /// <summary>Identifier that is the same in every run over the same cause: it depends on the rule's own ports, not
    /// on those that happened to be seen.</summary>
    public string Id
    {
        get
        {
            var service = Rule is null
                ? Service
                : string.Create(CultureInfo.InvariantCulture, $"{Rule.Rule.Id}\n{Rule.TransportText}\n{Rule.PortText}");
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{Kind.ToText()}\n{From}\n{To}\n{service}"));
            return Convert.ToHexStringLower(hash)[..IdLength];
        }
    }

    public static FindingKey Persisted(StateArchive archive, FindingKey? key) => new(
        archive.Word(key?.Kind ?? default),
        archive.Text(key?.From ?? ""),
        archive.Text(key?.To ?? ""),
        archive.Optional(key?.Rule, StateValues.Rule),
        archive.Text(key?.Service ?? ""));

    /// <summary>Two keys are equal when they name the same rule of the same audit, without comparing its
    /// text.</summary>
    public bool Equals(FindingKey? other) => other is not null
        && Kind == other.Kind && From == other.From && To == other.To && Rule?.Index == other.Rule?.Index
        && Service == other.Service;

    public override int GetHashCode() => HashCode.Combine(Kind, From, To, Rule?.Index, Service);
}
