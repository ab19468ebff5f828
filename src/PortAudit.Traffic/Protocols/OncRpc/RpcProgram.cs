using System.Globalization;

namespace PortAudit.Traffic.Protocols.OncRpc;

/// <summary>ONC RPC programs by number (IANA "Remote Procedure Call (RPC) Program Numbers"), and their registry
/// rows.</summary>
internal static class RpcProgram
{
    /// <summary>Row of all programs without their own.</summary>
    public const string AnyOther = "rpc";

    /// <summary>The port mapper, called rpcbind since version 3 (RFC 1833).</summary>
    public const uint PortMapper = 100000;

    /// <summary>Registry row of a program.</summary>
    public static string RowOf(uint program) => program switch
    {
        PortMapper => "portmap",
        100003 => "nfs",
        100004 => "ypserv",
        100005 => "mount",
        100007 => "ypbind",
        100021 => "nlm",
        100024 => "stat",
        _ => AnyOther,
    };

    /// <summary>Specific name of a program in row <see cref="AnyOther"/>; null when unknown.</summary>
    public static string? ServiceOf(uint program) => program switch
    {
        100001 => "rstat",
        100002 => "rusers",
        100008 => "rwall",
        100009 => "yppasswd",
        100011 => "rquota",
        100012 => "spray",
        100017 => "rexd",
        100020 => "klm",
        100026 => "bootparams",
        100028 => "ypupdate",
        100029 => "keyserv",
        100068 => "cmsd",
        100069 => "ypxfr",
        100083 => "ttdbserver",
        100099 => "autofs",
        100227 => "nfsacl",
        100232 => "sadmind",
        100300 => "nisplus",
        150001 => "pcnfsd",
        395183 => "vxi11-core",
        _ => null,
    };

    /// <summary>Name of any program in lists of programs; its number when unknown.</summary>
    public static string NameOf(uint program) => program switch
    {
        PortMapper => "portmapper",
        100003 => "nfs",
        100004 => "ypserv",
        100005 => "mount",
        100007 => "ypbind",
        100021 => "nlockmgr",
        100024 => "status",
        _ => ServiceOf(program) ?? program.ToString(CultureInfo.InvariantCulture),
    };
}
