using System.Collections.Frozen;
using System.Collections.Immutable;

namespace PortAudit.Audit.Matching;

/// <summary>
/// Names of the protocol registry that a rule accepts besides the one it prints: versions and dialects of the same service, told
/// apart on the wire but not in the documents. STUN and its Microsoft dialect are not kin: a rule lists both where both may occur.
/// </summary>
internal static class ProtocolKinship
{
    private static readonly FrozenDictionary<string, ImmutableArray<string>> Kin = new Dictionary<string, ImmutableArray<string>>
    {
        ["http"] = ["http2"], // the same semantics, RFC 9110 §2.5
        ["smb"] = ["smb2"], // [MS-SMB2] §1.7: the version is negotiated on the same port
        ["nbss"] = ["smb", "smb2"], // the NetBIOS session service carries nothing else today, [MS-SMB] §2.1
        ["ldap"] = ["cldap"], // LDAP over UDP, [MS-ADTS] §6.3.3
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>True when one of <paramref name="asked"/> is <paramref name="seen"/> or counts it among its kin.</summary>
    public static bool Accepts(ImmutableArray<string> asked, string seen)
    {
        foreach (var name in asked)
        {
            if (name == seen || (Kin.TryGetValue(name, out var kin) && kin.Contains(seen)))
                return true;
        }

        return false;
    }
}
