using System.Collections.Immutable;
using PortAudit.Traffic.Protocols;

namespace PortAudit.Traffic.Credentials;

/// <summary>The protocols whose clients may prove who they are in ways that should not be used any more, with the reader of each: one row adds one.</summary>
internal static class CredentialReaders
{
    /// <summary>Readers by the registry names of their protocols.</summary>
    public static readonly ImmutableArray<(string Protocol, ICredentialReader Reader)> Rows =
    [
        ("ldap", new LdapBindReader()),
        ("ftp", new LoginReader(LoginDialect.Ftp)),
        ("pop", new LoginReader(LoginDialect.Pop)),
        ("imap", new LoginReader(LoginDialect.Imap)),
        ("smtp", new LoginReader(LoginDialect.Smtp)),
        ("http", new HttpLoginReader()),
        ("snmp", new CommunityReader()),
        ("nbss", new NtlmReader()),
        ("smb", new NtlmReader()),
        ("smb2", new NtlmReader()),
        ("dcerpc", new NtlmReader()),
        ("tds", new NtlmReader()),
    ];

    private static readonly ImmutableArray<ICredentialReader?> ByRow = [.. ProtocolRegistry.Rows.Select(row => Rows.FirstOrDefault(reader => reader.Protocol == row.Name).Reader)];

    /// <summary>The reader for a protocol, null when it has none.</summary>
    /// <param name="protocolRow">Index of the protocol in the registry plus one; 0 while it is unknown.</param>
    public static ICredentialReader? Of(int protocolRow) => protocolRow == 0 ? null : ByRow[protocolRow - 1];
}
