using System.Globalization;
using PortAudit.Audit.Roles;
using PortAudit.Audit.Site;

namespace PortAudit.Reports.Roles;

/// <summary>
/// Names for hosts of a site file. A seen name is used if it is safe: letters, digits, dots and hyphens only, from a
/// directory or the host itself, of one address, and not a role. Else the host is named by its address.
/// </summary>
internal sealed class HostNames
{
    /// <summary>Longest name that is taken, in characters: that of a label of DNS (RFC 1035 §2.3.4) with a domain
    /// behind it.</summary>
    private const int MaximumLength = 100;

    private readonly HashSet<string> _taken;

    /// <summary>Prepares the names.</summary>
    /// <param name="roles">Names that no host may have.</param>
    public HostNames(IEnumerable<string> roles) =>
        _taken = new HashSet<string>(roles, StringComparer.OrdinalIgnoreCase);

    /// <summary>A name for the host that none before it has.</summary>
    public string Take(HostProposal host)
    {
        var seen = host.Names.Where(name => name.Basis.IsOfHost() && IsHarmless(name.Name))
            .Select(name => name.Name);
        foreach (var name in seen)
        {
            if (_taken.Add(name))
                return name;
        }

        var address = AddressName.Of(host.Address);
        var unique = address;
        for (var number = 2; !_taken.Add(unique); number++)
            unique = string.Create(CultureInfo.InvariantCulture, $"{address}-{number}");
        return unique;
    }

    private static bool IsHarmless(string name) =>
        name.Length <= MaximumLength && name.Length > 0 && char.IsAsciiLetter(name[0])
        && char.IsAsciiLetterOrDigit(name[^1])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-');
}
