<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="zh_CN">
<context>
    <name>CareWords</name>
    <message>
        <source>文件夹权限</source>
        <translation>Folder permissions</translation>
    </message>
    <message>
        <source>权限过宽的已收紧；属于别人的文件或链接，请查明是谁放的</source>
        <translation>What was too wide was narrowed; find out who put the files or links that are somebody else&apos;s</translation>
    </message>
    <message>
        <source>目录中的证据包</source>
        <translation>Packages in the catalogue</translation>
    </message>
    <message>
        <source>文件夹不见了：请从副本或备份找回</source>
        <translation>Its folder is gone: get it back from the second copy or a backup</translation>
    </message>
    <message>
        <source>证据库目录</source>
        <translation>Vault catalogue</translation>
    </message>
    <message>
        <source>请管理员用 guzheng-evidence vault --rebuild 重建目录</source>
        <translation>Have the administrator run guzheng-evidence vault --rebuild</translation>
    </message>
    <message>
        <source>未封存的取证</source>
        <translation>Unsealed captures</translation>
    </message>
    <message>
        <source>请在证据库最上面点“恢复并封存”</source>
        <translation>Press “Recover and seal” at the top of the vault</translation>
    </message>
    <message>
        <source>尚未加密的证据包</source>
        <translation>Packages not encrypted yet</translation>
    </message>
    <message>
        <source>后台正在加密；一直不减少时请检查磁盘空间</source>
        <translation>They are being encrypted; if they do not get fewer, check the disk space</translation>
    </message>
    <message>
        <source>磁盘空间</source>
        <translation>Disk space</translation>
    </message>
    <message>
        <source>请腾出空间，或换更大的磁盘</source>
        <translation>Make room, or use a larger disk</translation>
    </message>
    <message>
        <source>副本</source>
        <translation>Second copy</translation>
    </message>
    <message>
        <source>只有一份：请管理员用 guzheng-evidence vault --second-copy 在另一磁盘上设副本</source>
        <translation>There is one copy only: have the administrator set a second one on another disk with guzheng-evidence vault --second-copy</translation>
    </message>
    <message>
        <source>副本的介质</source>
        <translation>The second copy&apos;s medium</translation>
    </message>
    <message>
        <source>请接上介质，再点“更新副本”</source>
        <translation>Connect the medium, then press “Update the copy”</translation>
    </message>
    <message>
        <source>副本是否一致</source>
        <translation>Second copy in step</translation>
    </message>
    <message>
        <source>请点“更新副本”</source>
        <translation>Press “Update the copy”</translation>
    </message>
    <message>
        <source>证书</source>
        <translation>Certificate</translation>
    </message>
    <message>
        <source>到期前请发证单位续发</source>
        <translation>Have it renewed before it expires</translation>
    </message>
    <message>
        <source>时间戳机构</source>
        <translation>Time-stamp authority</translation>
    </message>
    <message>
        <source>请检查网络和地址；恢复之前新的证据包为待时间戳</source>
        <translation>Check network and address; until then new packages wait for their stamps</translation>
    </message>
    <message>
        <source>操作日志</source>
        <translation>Operation log</translation>
    </message>
    <message>
        <source>请保存现有日志和备份中的日志，查明断开前后发生了什么</source>
        <translation>Keep this log and the one in the backup, and find out what happened around the break</translation>
    </message>
    <message>
        <source>上次复查</source>
        <translation>Last scrub</translation>
    </message>
    <message>
        <source>请在上面开始复查</source>
        <translation>Start a scrub above</translation>
    </message>
    <message>
        <source>%1&#x3000;%2</source>
        <translation>%1  %2</translation>
    </message>
    <message>
        <source>正常</source>
        <translation>Good</translation>
    </message>
    <message>
        <source>有问题</source>
        <translation>Bad</translation>
    </message>
    <message>
        <source>注意</source>
        <translation>Attention</translation>
    </message>
    <message>
        <source>%1（%2）</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>已损坏</source>
        <translation>Damaged</translation>
    </message>
    <message>
        <source>与封存时不符：%1</source>
        <translation>Not what was sealed: %1</translation>
    </message>
    <message>
        <source>看不了：%1</source>
        <translation>Could not be looked at: %1</translation>
    </message>
    <message>
        <source>已用另一份修复</source>
        <translation>Repaired from the other copy</translation>
    </message>
    <message>
        <source>修复了 %1</source>
        <translation>Repaired %1</translation>
    </message>
    <message>
        <source>完好</source>
        <translation>Good</translation>
    </message>
    <message>
        <source>每个文件与封存时一致；尚未加密，也没有副本</source>
        <translation>Every file is what was sealed; not encrypted yet, and without a second copy</translation>
    </message>
    <message>
        <source>每个文件与封存时一致</source>
        <translation>Every file is what was sealed</translation>
    </message>
    <message>
        <source> · 约剩 %1 秒</source>
        <translation> · about %1 s left</translation>
    </message>
    <message>
        <source> · 约剩 %1 分钟</source>
        <translation> · about %1 min left</translation>
    </message>
    <message>
        <source>副本 %1</source>
        <translation>copy of %1</translation>
    </message>
    <message>
        <source>操作日志的时间戳</source>
        <translation>Operation log&apos;s time stamp</translation>
    </message>
    <message>
        <source>等待时间戳的会自动补取；被截断或改写的，请保存现有日志、时间戳和备份，查明是谁改的</source>
        <translation>What waits is fetched by itself; where the log was cut off or rewritten keep log, stamps and backup, and find out who did it</translation>
    </message>
    <message>
        <source>保存期限</source>
        <translation>Retention</translation>
    </message>
    <message>
        <source>到期的由本单位决定，软件不删除</source>
        <translation>What has passed its time is for the bureau to decide; nothing is deleted by itself</translation>
    </message>
</context>
<context>
    <name>NodeWords</name>
    <message>
        <source>密钥变化，已拒绝</source>
        <translation>Key changed: refused</translation>
    </message>
    <message>
        <source>密钥待核对</source>
        <translation>Key to be compared</translation>
    </message>
    <message>
        <source>节点拒绝登录</source>
        <translation>Login refused</translation>
    </message>
    <message>
        <source>离线</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>节点程序无应答</source>
        <translation>Node program silent</translation>
    </message>
    <message>
        <source>adb 没有运行</source>
        <translation>adb not running</translation>
    </message>
    <message>
        <source>网络接口断开</source>
        <translation>Network down</translation>
    </message>
    <message>
        <source>温度过高</source>
        <translation>Too hot</translation>
    </message>
    <message>
        <source>没有市电</source>
        <translation>No mains</translation>
    </message>
    <message>
        <source>磁盘将满</source>
        <translation>Disk nearly full</translation>
    </message>
    <message>
        <source>时钟不准</source>
        <translation>Clock off</translation>
    </message>
    <message>
        <source>网速不足</source>
        <translation>Network slow</translation>
    </message>
    <message>
        <source>节点“%1”出示的主机密钥与登记的不同，已拒绝连接，在这里也不能改为信任。可能是节点重装，也可能有人冒充它；已封存的证据不受影响。请先不要经它取证，由节点管理人员到机房核对。确认是重装的，在本机删去旧密钥（理由记入操作日志）：guzheng-evidence node forget-key &apos;%1&apos; --nodes &apos;%2&apos; --reason 理由，再回到这里重新核对登记。</source>
        <translation>Node “%1” shows another host key than the one known: it is refused, and cannot be trusted from here. Either the node was set up anew or somebody stands in for it; sealed evidence is not affected. Do not capture through it; have whoever looks after the node check it on the spot. If it was set up anew, remove the old key on this machine, the reason goes into the operation log: guzheng-evidence node forget-key &apos;%1&apos; --nodes &apos;%2&apos; --reason WHY; then compare and confirm the new one here.</translation>
    </message>
    <message>
        <source>还没有人核对过这个节点的主机密钥，所以没有登录。请在“设置 → 节点”核对指纹后登记。</source>
        <translation>Nobody has compared the host key of this node yet, so nobody logged in there. Compare its fingerprint in Settings → Nodes and confirm it.</translation>
    </message>
    <message>
        <source>节点不接受本工作站的密钥。请检查密钥文件，并请节点管理人员把本站公钥加入 authorized_keys，或续签证书。</source>
        <translation>The node does not accept the key of this workstation. Check the key file, and have its public key put into authorized_keys, or the certificate renewed.</translation>
    </message>
    <message>
        <source>连不上节点，它的手机现在不能用；正在进行的取证会写明中断。请检查网络和节点电源；恢复后列表自己更新。</source>
        <translation>The node cannot be reached and its phones cannot be used; a running capture records the gap. Check the network and the power of the node; the list comes back by itself.</translation>
    </message>
    <message>
        <source>节点程序 guzheng-node 没有正确回答，取证时节点状态记为无法判定。请节点管理人员检查安装。</source>
        <translation>The program guzheng-node gives no proper answer: captures record the state of the node as unknown. Have its installation checked.</translation>
    </message>
    <message>
        <source>节点上的 adb 服务没有运行，它的手机现在不能用。请节点管理人员启动 adb nodaemon server。</source>
        <translation>No adb server runs on the node: its phones cannot be used. Have it started (adb nodaemon server).</translation>
    </message>
    <message>
        <source>节点说它没有已连通的网络接口。请检查网线。</source>
        <translation>The node says that none of its network links is up. Check the cable.</translation>
    </message>
    <message>
        <source>超过 35 °C，手机会老化、鼓包，仍可取证，温度写进证据。请检查机房空调。</source>
        <translation>Above 35 °C: phones age and swell. Captures are possible and record the temperature. Check the cooling of the room.</translation>
    </message>
    <message>
        <source>正在用电池或不间断电源，随时可能断电。请检查市电；长时间的取证请等来电再开始。</source>
        <translation>It runs on battery or UPS and may go off at any time. Check the mains; wait with long captures.</translation>
    </message>
    <message>
        <source>节点磁盘剩余不足 1 GiB。请节点管理人员清理。</source>
        <translation>Less than 1 GiB of disk is free on the node. Have it cleared.</translation>
    </message>
    <message>
        <source>与本工作站的时间相差 2 秒以上，取证时环境检查会判为不合格。请节点管理人员检查对时。</source>
        <translation>Its clock is more than 2 seconds from this workstation: the environment check of a capture will fail. Have its time synchronised.</translation>
    </message>
    <message>
        <source>网络不到 100 Mbit/s，画面可能不流畅。请检查网线和交换机。</source>
        <translation>The network is below 100 Mbit/s: the picture may stutter. Check cable and switch.</translation>
    </message>
    <message>
        <source>正在查看</source>
        <translation>Looking</translation>
    </message>
    <message>
        <source>正常</source>
        <translation>Good</translation>
    </message>
    <message>
        <source>手机 %1 台</source>
        <translation>%1 phones</translation>
    </message>
    <message>
        <source>%1 查看</source>
        <translation>looked at %1</translation>
    </message>
    <message>
        <source>由“%1”使用，自 %2 起</source>
        <translation>used by “%1” since %2</translation>
    </message>
    <message>
        <source>由“%1”使用</source>
        <translation>used by “%1”</translation>
    </message>
    <message>
        <source>使用中</source>
        <translation>In use</translation>
    </message>
    <message>
        <source>可用</source>
        <translation>Ready</translation>
    </message>
    <message>
        <source>未授权</source>
        <translation>Unauthorised</translation>
    </message>
    <message>
        <source>正在连接</source>
        <translation>Connecting</translation>
    </message>
    <message>
        <source>恢复正常</source>
        <translation>Good again</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>温度</source>
        <translation>Temperature</translation>
    </message>
    <message>
        <source>供电</source>
        <translation>Power</translation>
    </message>
    <message>
        <source>%1无法判定</source>
        <translation>%1 unknown</translation>
    </message>
    <message>
        <source>密钥待口令</source>
        <translation>Key awaits passphrase</translation>
    </message>
    <message>
        <source>本工作站的 SSH 密钥有口令，还没有人输入，所以没有登录。请在下面输入一次；口令只留在内存里，程序退出即忘。</source>
        <translation>This workstation&apos;s SSH key has a passphrase that nobody has entered yet, so there was no login. Enter it once below; it is kept in memory only and forgotten when the program ends.</translation>
    </message>
    <message>
        <source>正在用于巡检，自 %1 起</source>
        <translation>in use for a check since %1</translation>
    </message>
</context>
<context>
    <name>ScriptWords</name>
    <message>
        <source>zh</source>
        <extracomment>the language of the core&apos;s own sentences: &quot;zh&quot;, or &quot;en&quot; in the English translation</extracomment>
        <translation>en</translation>
    </message>
    <message>
        <source>打开应用</source>
        <translation>Open app</translation>
    </message>
    <message>
        <source>打开网址</source>
        <translation>Open link</translation>
    </message>
    <message>
        <source>点按</source>
        <translation>Tap</translation>
    </message>
    <message>
        <source>滑动</source>
        <translation>Swipe</translation>
    </message>
    <message>
        <source>滚动到</source>
        <translation>Scroll to</translation>
    </message>
    <message>
        <source>按键</source>
        <translation>Press key</translation>
    </message>
    <message>
        <source>输入</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>等待</source>
        <translation>Wait</translation>
    </message>
    <message>
        <source>取证当前页面</source>
        <translation>Capture page</translation>
    </message>
    <message>
        <source>长页取证</source>
        <translation>Capture long page</translation>
    </message>
    <message>
        <source>核对页面</source>
        <translation>Check page</translation>
    </message>
    <message>
        <source>记备注</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>应用包名</source>
        <translation>App package</translation>
    </message>
    <message>
        <source>网址</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>文字</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>图片文件</source>
        <translation>Picture file</translation>
    </message>
    <message>
        <source>位置（千分之几）</source>
        <translation>Place (thousandths)</translation>
    </message>
    <message>
        <source>横向像素</source>
        <translation>Pixels across</translation>
    </message>
    <message>
        <source>纵向像素</source>
        <translation>Pixels down</translation>
    </message>
    <message>
        <source>最多等待（毫秒）</source>
        <translation>Wait at most (ms)</translation>
    </message>
    <message>
        <source>起点（千分之几）</source>
        <translation>From (thousandths)</translation>
    </message>
    <message>
        <source>终点（千分之几）</source>
        <translation>To (thousandths)</translation>
    </message>
    <message>
        <source>起点（像素）</source>
        <translation>From (pixels)</translation>
    </message>
    <message>
        <source>时长（毫秒）</source>
        <translation>Duration (ms)</translation>
    </message>
    <message>
        <source>直到出现文字</source>
        <translation>Until this text comes</translation>
    </message>
    <message>
        <source>最多次数</source>
        <translation>Times at most</translation>
    </message>
    <message>
        <source>键</source>
        <translation>Key</translation>
    </message>
    <message>
        <source>口令名称</source>
        <translation>Name of the secret</translation>
    </message>
    <message>
        <source>等到消失的文字</source>
        <translation>Text that must go</translation>
    </message>
    <message>
        <source>主要信息</source>
        <translation>Main information</translation>
    </message>
    <message>
        <source>标题</source>
        <translation>Title</translation>
    </message>
    <message>
        <source>证明对象</source>
        <translation>Proves</translation>
    </message>
    <message>
        <source>可见范围</source>
        <translation>Access</translation>
    </message>
    <message>
        <source>取证依据</source>
        <translation>Legal basis</translation>
    </message>
    <message>
        <source>不得出现的文字</source>
        <translation>Text that must not be there</translation>
    </message>
    <message>
        <source>必须是应用</source>
        <translation>Must be of app</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Remark</translation>
    </message>
    <message>
        <source>终点（像素）</source>
        <translation>To (pixels)</translation>
    </message>
    <message>
        <source>方向</source>
        <translation>Direction</translation>
    </message>
    <message>
        <source>横, 纵，例如 500, 700</source>
        <translation>across, down: 500, 700</translation>
    </message>
    <message>
        <source>%1 至 %2</source>
        <translation>%1 to %2</translation>
    </message>
    <message>
        <source>脚本文件夹里的 PNG，从本机截图上裁下</source>
        <translation>PNG in the scripts&apos; folder, cut from a screenshot of this phone</translation>
    </message>
    <message>
        <source>只写名称，运行时再给出口令</source>
        <translation>its name only; the secret is given when it runs</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>主页</source>
        <translation>Home</translation>
    </message>
    <message>
        <source>最近任务</source>
        <translation>Recents</translation>
    </message>
    <message>
        <source>回车</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>向下</source>
        <translation>Down</translation>
    </message>
    <message>
        <source>向上</source>
        <translation>Up</translation>
    </message>
    <message>
        <source>公开</source>
        <translation>Public</translation>
    </message>
    <message>
        <source>登录可见</source>
        <translation>After login</translation>
    </message>
    <message>
        <source>非公开</source>
        <translation>Not public</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>“%1”</translation>
    </message>
    <message>
        <source> 消失 </source>
        <translation> gone: </translation>
    </message>
    <message>
        <source> 没有 </source>
        <translation> without </translation>
    </message>
    <message>
        <source> 口令 </source>
        <translation> secret </translation>
    </message>
    <message>
        <source> %1 毫秒</source>
        <translation> %1 ms</translation>
    </message>
    <message>
        <source> 按位置</source>
        <translation> by place</translation>
    </message>
</context>
<context>
    <name>StampWords</name>
    <message>
        <source>%1（第二机构）</source>
        <translation>%1 (second authority)</translation>
    </message>
    <message>
        <source>%1 秒</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 分 %2 秒</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 小时 %2 分</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>早 %1</source>
        <translation>%1 before</translation>
    </message>
    <message>
        <source>晚 %1</source>
        <translation>%1 after</translation>
    </message>
    <message>
        <source>开始</source>
        <translation>Beginning</translation>
    </message>
    <message>
        <source>日志第 %1 行</source>
        <translation>Journal line %1</translation>
    </message>
    <message>
        <source>日志末行</source>
        <translation>Last journal line</translation>
    </message>
    <message>
        <source>封签</source>
        <translation>Seal</translation>
    </message>
    <message>
        <source>第二执法人员签名</source>
        <translation>Second officer&apos;s signature</translation>
    </message>
    <message>
        <source>几乎同时</source>
        <translation>almost at the same time</translation>
    </message>
    <message>
        <source>密文清单的签名</source>
        <translation>Signature of the list of encrypted parts</translation>
    </message>
    <message>
        <source>并行取证的组记录</source>
        <translation>Record of the group (parallel capture)</translation>
    </message>
</context>
<context>
    <name>SubjectWords</name>
    <message>
        <source>名称</source>
        <translation>Title</translation>
    </message>
    <message>
        <source>简称</source>
        <translation>Short name</translation>
    </message>
    <message>
        <source>信用代码</source>
        <translation>Credit code</translation>
    </message>
    <message>
        <source>注册号</source>
        <translation>Registration number</translation>
    </message>
    <message>
        <source>地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>地区</source>
        <translation>Region</translation>
    </message>
    <message>
        <source>行业代码</source>
        <translation>Industry code</translation>
    </message>
    <message>
        <source>许可</source>
        <translation>Licences</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>种类</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>数据级别</source>
        <translation>Data level</translation>
    </message>
    <message>
        <source>数据地域</source>
        <translation>Data region</translation>
    </message>
    <message>
        <source>主营品类</source>
        <translation>Main category</translation>
    </message>
    <message>
        <source>平台</source>
        <translation>Platform</translation>
    </message>
    <message>
        <source>链接</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>检查结果</source>
        <translation>Findings</translation>
    </message>
    <message>
        <source>异常库</source>
        <translation>Abnormal library</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>摘要</source>
        <translation>Summary</translation>
    </message>
    <message>
        <source>内容</source>
        <translation>What</translation>
    </message>
    <message>
        <source>来源</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>条数</source>
        <translation>How many</translation>
    </message>
    <message>
        <source>标签</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>分组</source>
        <translation>Group</translation>
    </message>
    <message>
        <source>是</source>
        <translation>yes</translation>
    </message>
    <message>
        <source>否</source>
        <translation>no</translation>
    </message>
    <message>
        <source>种类不明</source>
        <translation>Kind unknown</translation>
    </message>
    <message>
        <source>企业</source>
        <translation>Company</translation>
    </message>
    <message>
        <source>个体工商户</source>
        <translation>Sole trader</translation>
    </message>
    <message>
        <source>农民专业合作社</source>
        <translation>Cooperative</translation>
    </message>
    <message>
        <source>分支机构</source>
        <translation>Branch</translation>
    </message>
    <message>
        <source>外资企业</source>
        <translation>Foreign company</translation>
    </message>
    <message>
        <source>机关事业单位</source>
        <translation>Institution</translation>
    </message>
    <message>
        <source>自然人</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>其他种类</source>
        <translation>Other kind</translation>
    </message>
    <message>
        <source>状态不明</source>
        <translation>State unknown</translation>
    </message>
    <message>
        <source>在营</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>停业</source>
        <translation>Suspended</translation>
    </message>
    <message>
        <source>吊销</source>
        <translation>Revoked</translation>
    </message>
    <message>
        <source>注销</source>
        <translation>Deregistered</translation>
    </message>
    <message>
        <source>迁出</source>
        <translation>Moved away</translation>
    </message>
    <message>
        <source>APP</source>
        <translation>App</translation>
    </message>
    <message>
        <source>小程序</source>
        <translation>Mini-app</translation>
    </message>
    <message>
        <source>公众号</source>
        <translation>Account</translation>
    </message>
    <message>
        <source>视频号</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>网站</source>
        <translation>Website</translation>
    </message>
    <message>
        <source>网店</source>
        <translation>Shop</translation>
    </message>
    <message>
        <source>直播间</source>
        <translation>Live room</translation>
    </message>
    <message>
        <source>投诉</source>
        <translation>Complaint</translation>
    </message>
    <message>
        <source>案件</source>
        <translation>Case</translation>
    </message>
    <message>
        <source>处罚</source>
        <translation>Penalty</translation>
    </message>
    <message>
        <source>检查</source>
        <translation>Inspection</translation>
    </message>
    <message>
        <source>信用</source>
        <translation>Credit</translation>
    </message>
    <message>
        <source>商标</source>
        <translation>Trademark</translation>
    </message>
    <message>
        <source>广告</source>
        <translation>Advertisement</translation>
    </message>
    <message>
        <source>抽检</source>
        <translation>Sampling</translation>
    </message>
    <message>
        <source>取证</source>
        <translation>Capture</translation>
    </message>
    <message>
        <source>未检查</source>
        <translation>Not checked</translation>
    </message>
    <message>
        <source>可访问</source>
        <translation>Reachable</translation>
    </message>
    <message>
        <source>打不开</source>
        <translation>Unreachable</translation>
    </message>
    <message>
        <source>已下架</source>
        <translation>Gone</translation>
    </message>
    <message>
        <source>内容可疑</source>
        <translation>Suspect content</translation>
    </message>
    <message>
        <source>未标记</source>
        <translation>Unmarked</translation>
    </message>
    <message>
        <source>公开</source>
        <translation>Public</translation>
    </message>
    <message>
        <source>内部</source>
        <translation>Internal</translation>
    </message>
    <message>
        <source>敏感</source>
        <translation>Sensitive</translation>
    </message>
    <message>
        <source>核心</source>
        <translation>Core</translation>
    </message>
    <message>
        <source>店铺账号</source>
        <translation>Shop or account</translation>
    </message>
    <message>
        <source>名称首字母</source>
        <translation>Initials of the name</translation>
    </message>
    <message>
        <source>简称首字母</source>
        <translation>Initials of the short name</translation>
    </message>
    <message>
        <source>店铺账号首字母</source>
        <translation>Initials of a shop or account</translation>
    </message>
    <message>
        <source>监管单位</source>
        <translation>Supervising unit</translation>
    </message>
    <message>
        <source>%1 项打不开</source>
        <translation>%1 unreachable</translation>
    </message>
    <message>
        <source>逾期 %1 天</source>
        <translation>%1 days overdue</translation>
    </message>
    <message>
        <source>%1 项待查</source>
        <translation>%1 to check</translation>
    </message>
    <message>
        <source>登记主体</source>
        <translation>Subject entered</translation>
    </message>
    <message>
        <source>删除主体</source>
        <translation>Remove subject</translation>
    </message>
    <message>
        <source>修改主体</source>
        <translation>Edit subject</translation>
    </message>
    <message>
        <source>登记店铺账号 %1</source>
        <translation>Shop or account %1 entered</translation>
    </message>
    <message>
        <source>删除店铺账号 %1</source>
        <translation>Shop or account %1 removed</translation>
    </message>
    <message>
        <source>修改店铺账号 %1</source>
        <translation>Shop or account %1 edited</translation>
    </message>
    <message>
        <source>新记录</source>
        <translation>New record</translation>
    </message>
    <message>
        <source>敏感信息</source>
        <translation>Sensitive values</translation>
    </message>
    <message>
        <source>成批导入</source>
        <translation>Imported in a batch</translation>
    </message>
    <message>
        <source>没有网店</source>
        <translation>No shops</translation>
    </message>
    <message>
        <source>通知已读</source>
        <translation>Notice read</translation>
    </message>
    <message>
        <source>撤销比对结论</source>
        <translation>Match decision taken back</translation>
    </message>
    <message>
        <source>比对：同一主体</source>
        <translation>Match: the same subject</translation>
    </message>
    <message>
        <source>比对：不是同一主体</source>
        <translation>Match: not the same subject</translation>
    </message>
</context>
<context>
    <name>SyncWords</name>
    <message>
        <source>未同步，待加密</source>
        <translation>not synced, to be encrypted</translation>
    </message>
    <message>
        <source>排队 %1 %</source>
        <translation>queued %1 %</translation>
    </message>
    <message>
        <source>排队</source>
        <translation>queued</translation>
    </message>
    <message>
        <source>打包 %1 %</source>
        <translation>packing %1 %</translation>
    </message>
    <message>
        <source>上传中 %1 %</source>
        <translation>sending %1 %</translation>
    </message>
    <message>
        <source>待核验</source>
        <translation>being verified</translation>
    </message>
    <message>
        <source>已同步 #%1</source>
        <translation>synced #%1</translation>
    </message>
    <message>
        <source>被拒收</source>
        <translation>refused</translation>
    </message>
    <message>
        <source>未同步，受阻</source>
        <translation>not synced, hindered</translation>
    </message>
    <message>
        <source>回执不符</source>
        <translation>receipt does not hold</translation>
    </message>
    <message>
        <source>未同步</source>
        <translation>not synced</translation>
    </message>
    <message>
        <source>还没有加密，加密后自动排队 · %1</source>
        <translation>not encrypted yet; queued by itself once it is · %1</translation>
    </message>
    <message>
        <source>停在 %1 / %2，从这里接着送</source>
        <translation>stands at %1 of %2 and goes on there</translation>
    </message>
    <message>
        <source>约 %1</source>
        <translation>about %1</translation>
    </message>
    <message>
        <source>正在打成上传包，约 %1</source>
        <translation>being packed for the upload, about %1</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 已全部上传，中心系统正在核验</source>
        <translation>all of %1 sent; the central system is verifying it</translation>
    </message>
    <message>
        <source>存证日志第 %1 条，回执在证据包旁</source>
        <translation>number %1 of the evidence log; the receipt lies beside the package</translation>
    </message>
    <message>
        <source>中心系统核验不通过：收到的内容已损坏，或以前收到的文件不见了。请先在本机再次校验这份证据。</source>
        <translation>The central system could not verify it: what came is damaged, or a file that it received before is gone. Verify this package here again first.</translation>
    </message>
    <message>
        <source>中心系统在这个编号下已收过另一份证据。请管理员查明哪一份是真的。</source>
        <translation>The central system received other evidence under this number. An administrator must find out which is the true one.</translation>
    </message>
    <message>
        <source>中心系统不收：不是本工作站的证据包、练习与正式不符，或没有为中心系统加密。请管理员查看。</source>
        <translation>The central system does not take it: it is not of this workstation, practice and real do not fit, or it is not encrypted for that system. Ask an administrator.</translation>
    </message>
    <message>
        <source>中心系统认为这不是完整的证据包。请先在本机再次校验，再试一次。</source>
        <translation>The central system found no whole package in it. Verify it here again first, then try once more.</translation>
    </message>
    <message>
        <source>中心系统没有收。</source>
        <translation>The central system did not take it.</translation>
    </message>
    <message>
        <source>中心系统给的回执核对不上，不能算已同步；证据仍在本机。请管理员核对中心系统的证书。</source>
        <translation>The receipt of the central system does not hold, so this is not synced; the evidence is here. An administrator must check the central system&apos;s certificate.</translation>
    </message>
    <message>
        <source>这一份暂时送不了，证据仍在本机，稍后自动再试。</source>
        <translation>This one cannot be sent for now. The evidence is here; it is tried again by itself.</translation>
    </message>
    <message>
        <source>连不上中心系统</source>
        <translation>The central system cannot be reached</translation>
    </message>
    <message>
        <source>中心系统没有应答，或暂时收不了</source>
        <translation>The central system does not answer, or can take nothing now</translation>
    </message>
    <message>
        <source>中心系统不让本工作站进入，或对方不是本单位的中心系统：证书可能已过期、被吊销或没有登记</source>
        <translation>The central system does not let this workstation in, or it is not the bureau&apos;s: a certificate may have expired, be revoked or not be registered</translation>
    </message>
    <message>
        <source>另一个程序（guzheng-evidence sync）正在同步本工作台</source>
        <translation>Another program (guzheng-evidence sync) is syncing this desk</translation>
    </message>
    <message>
        <source>上传队列或证据库读不了</source>
        <translation>The queue or the vault cannot be read</translation>
    </message>
    <message>
        <source>%1。从 %2 起没有上传；证据都在本机，取证照常，恢复后自动接着送。%3</source>
        <translation>%1. Nothing was sent since %2; all evidence is here, captures go on as ever, and sending goes on by itself when it is back. %3</translation>
    </message>
    <message>
        <source>约 %1 秒后再试。</source>
        <translation>Tried again in about %1 seconds.</translation>
    </message>
    <message>
        <source>正在再试。</source>
        <translation>Being tried again.</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>剩余约 %1 秒</source>
        <translation>about %1 s left</translation>
    </message>
    <message>
        <source>剩余约 %1 分 %2 秒</source>
        <translation>about %1 min %2 s left</translation>
    </message>
    <message>
        <source>剩余约 %1 小时 %2 分</source>
        <translation>about %1 h %2 min left</translation>
    </message>
    <message>
        <source>同步没有开始：设置有误</source>
        <translation>Syncing did not begin: its settings are wrong</translation>
    </message>
    <message>
        <source>正在查看同步…</source>
        <translation>Looking at what is to be synced…</translation>
    </message>
    <message>
        <source>，被拒收 %1 份</source>
        <translation>, %1 refused</translation>
    </message>
    <message>
        <source>中心系统离线，待同步 %1 份</source>
        <translation>Central system away, %1 to be synced</translation>
    </message>
    <message>
        <source>没有待同步的证据</source>
        <translation>No evidence to be synced</translation>
    </message>
    <message>
        <source>已全部同步</source>
        <translation>All synced</translation>
    </message>
    <message>
        <source>同步已暂停，待同步 %1 份</source>
        <translation>Syncing paused, %1 to be synced</translation>
    </message>
    <message>
        <source>待同步 %1 份</source>
        <translation>%1 to be synced</translation>
    </message>
    <message>
        <source>待同步 %1 份，正在上传 %2 %</source>
        <translation>%1 to be synced, sending %2 %</translation>
    </message>
    <message>
        <source>其余均已同步，被拒收 %1 份</source>
        <translation>all others are synced, %1 refused</translation>
    </message>
</context>
<context>
    <name>TaskWords</name>
    <message>
        <source>常规性监测（日常监测）</source>
        <translation>Routine (daily) monitoring</translation>
    </message>
    <message>
        <source>特定性监测（专项监测）</source>
        <translation>Specific (special) monitoring</translation>
    </message>
    <message>
        <source>研究性监测</source>
        <translation>Research monitoring</translation>
    </message>
    <message>
        <source>日常</source>
        <translation>Daily</translation>
    </message>
    <message>
        <source>专项</source>
        <translation>Special</translation>
    </message>
    <message>
        <source>研究</source>
        <translation>Research</translation>
    </message>
    <message>
        <source>自主监测</source>
        <translation>Own monitoring</translation>
    </message>
    <message>
        <source>委托第三方数据搜索</source>
        <translation>Data search by a third party</translation>
    </message>
    <message>
        <source>网站</source>
        <translation>Website</translation>
    </message>
    <message>
        <source>网店</source>
        <translation>Online shop</translation>
    </message>
    <message>
        <source>公众号</source>
        <translation>Official account</translation>
    </message>
    <message>
        <source>小程序</source>
        <translation>Mini-program</translation>
    </message>
    <message>
        <source>APP</source>
        <translation>App</translation>
    </message>
    <message>
        <source>视频号</source>
        <translation>Video account</translation>
    </message>
    <message>
        <source>其他</source>
        <translation>Other</translation>
    </message>
    <message>
        <source>监测报告</source>
        <translation>Monitoring report</translation>
    </message>
    <message>
        <source>违法线索表</source>
        <translation>Table of clues</translation>
    </message>
    <message>
        <source>网络经营主体清单</source>
        <translation>List of operators</translation>
    </message>
    <message>
        <source>监测电商平台（网站）</source>
        <translation>Platforms (sites) monitored</translation>
    </message>
    <message>
        <source>拟稿</source>
        <translation>Draft</translation>
    </message>
    <message>
        <source>待签收</source>
        <translation>To be accepted</translation>
    </message>
    <message>
        <source>已退回</source>
        <translation>Returned</translation>
    </message>
    <message>
        <source>实施中</source>
        <translation>Running</translation>
    </message>
    <message>
        <source>修订中</source>
        <translation>Being revised</translation>
    </message>
    <message>
        <source>已反馈</source>
        <translation>Answered</translation>
    </message>
    <message>
        <source>已作废</source>
        <translation>Cancelled</translation>
    </message>
    <message>
        <source>研判确认</source>
        <translation>Judging</translation>
    </message>
    <message>
        <source>分派</source>
        <translation>Dispatch</translation>
    </message>
    <message>
        <source>核查</source>
        <translation>Verification</translation>
    </message>
    <message>
        <source>处理反馈</source>
        <translation>Handling</translation>
    </message>
    <message>
        <source>待办结</source>
        <translation>To be closed</translation>
    </message>
    <message>
        <source>已办结</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>已合并</source>
        <translation>Merged</translation>
    </message>
    <message>
        <source>待研判</source>
        <translation>To be judged</translation>
    </message>
    <message>
        <source>已转任务</source>
        <translation>In a task</translation>
    </message>
    <message>
        <source>不予采纳</source>
        <translation>Drop</translation>
    </message>
    <message>
        <source>登记</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>提交</source>
        <translation>Submit</translation>
    </message>
    <message>
        <source>撤回</source>
        <translation>Withdraw</translation>
    </message>
    <message>
        <source>签收</source>
        <translation>Accept</translation>
    </message>
    <message>
        <source>退回</source>
        <translation>Return</translation>
    </message>
    <message>
        <source>修订</source>
        <translation>Revise</translation>
    </message>
    <message>
        <source>报送反馈材料</source>
        <translation>Send feedback</translation>
    </message>
    <message>
        <source>反馈完成</source>
        <translation>Feedback complete</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Cancel sheet</translation>
    </message>
    <message>
        <source>重新办理</source>
        <translation>Reopen</translation>
    </message>
    <message>
        <source>确认线索</source>
        <translation>Confirm clue</translation>
    </message>
    <message>
        <source>不构成线索</source>
        <translation>No clue</translation>
    </message>
    <message>
        <source>退回上一步</source>
        <translation>Send back</translation>
    </message>
    <message>
        <source>转办</source>
        <translation>Transfer</translation>
    </message>
    <message>
        <source>填写核查</source>
        <translation>Record verification</translation>
    </message>
    <message>
        <source>重新核查</source>
        <translation>Verify again</translation>
    </message>
    <message>
        <source>反馈措施</source>
        <translation>Report measures</translation>
    </message>
    <message>
        <source>反馈不违法</source>
        <translation>Report no violation</translation>
    </message>
    <message>
        <source>办结</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>延期</source>
        <translation>Extend</translation>
    </message>
    <message>
        <source>重算期限</source>
        <translation>Count deadline again</translation>
    </message>
    <message>
        <source>合并</source>
        <translation>Merge</translation>
    </message>
    <message>
        <source>附证据</source>
        <translation>Attach evidence</translation>
    </message>
    <message>
        <source>转为任务</source>
        <translation>Into a task</translation>
    </message>
    <message>
        <source>行政指导</source>
        <translation>Guidance</translation>
    </message>
    <message>
        <source>责令改正</source>
        <translation>Order to correct</translation>
    </message>
    <message>
        <source>行政处罚</source>
        <translation>Penalty</translation>
    </message>
    <message>
        <source>信用惩戒</source>
        <translation>Credit discipline</translation>
    </message>
    <message>
        <source>未定</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>违法</source>
        <translation>Violation</translation>
    </message>
    <message>
        <source>不违法</source>
        <translation>No violation</translation>
    </message>
    <message>
        <source>立案处理</source>
        <translation>Case filed</translation>
    </message>
    <message>
        <source>检验检测鉴定</source>
        <translation>Tests and appraisal</translation>
    </message>
    <message>
        <source>异地协查</source>
        <translation>Help from elsewhere</translation>
    </message>
    <message>
        <source>投诉举报</source>
        <translation>Complaint</translation>
    </message>
    <message>
        <source>日常巡查监测</source>
        <translation>Patrol or monitoring</translation>
    </message>
    <message>
        <source>其他部门移送</source>
        <translation>Handed over by others</translation>
    </message>
    <message>
        <source>发起单位</source>
        <translation>Requesting unit</translation>
    </message>
    <message>
        <source>监测任务名称</source>
        <translation>Task name</translation>
    </message>
    <message>
        <source>监测任务来源</source>
        <translation>Task source</translation>
    </message>
    <message>
        <source>监测类别</source>
        <translation>Category</translation>
    </message>
    <message>
        <source>监测方式</source>
        <translation>Method</translation>
    </message>
    <message>
        <source>第三方</source>
        <translation>Third party</translation>
    </message>
    <message>
        <source>监测时间（起）</source>
        <translation>Begin</translation>
    </message>
    <message>
        <source>监测时间（止）</source>
        <translation>End</translation>
    </message>
    <message>
        <source>监测范围</source>
        <translation>Range</translation>
    </message>
    <message>
        <source>监测对象类型</source>
        <translation>Kinds of targets</translation>
    </message>
    <message>
        <source>其他对象</source>
        <translation>Other target</translation>
    </message>
    <message>
        <source>监测内容</source>
        <translation>Content</translation>
    </message>
    <message>
        <source>监测特征词</source>
        <translation>Feature words</translation>
    </message>
    <message>
        <source>监测结果反馈</source>
        <translation>Feedback</translation>
    </message>
    <message>
        <source>平台个数</source>
        <translation>Number of platforms</translation>
    </message>
    <message>
        <source>监测次数</source>
        <translation>Number of rounds</translation>
    </message>
    <message>
        <source>链接</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>快照</source>
        <translation>Snapshot</translation>
    </message>
    <message>
        <source>主体</source>
        <translation>Subjects</translation>
    </message>
    <message>
        <source>经营主体</source>
        <translation>Operator</translation>
    </message>
    <message>
        <source>信用代码</source>
        <translation>Credit code</translation>
    </message>
    <message>
        <source>平台</source>
        <translation>Platform</translation>
    </message>
    <message>
        <source>涉嫌违法表现</source>
        <translation>Suspected violation</translation>
    </message>
    <message>
        <source>所属业务领域</source>
        <translation>Business field</translation>
    </message>
    <message>
        <source>备注</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>发现单位</source>
        <translation>Found by</translation>
    </message>
    <message>
        <source>对方编号</source>
        <translation>Their number</translation>
    </message>
    <message>
        <source>没有填写</source>
        <translation>is missing</translation>
    </message>
    <message>
        <source>链接和快照至少要有一项</source>
        <translation>a link or a snapshot is needed</translation>
    </message>
    <message>
        <source>不是 http:// 或 https:// 开头的网址</source>
        <translation>is no address that begins with http:// or https://</translation>
    </message>
    <message>
        <source>信用代码不是 18 位或校验位不对</source>
        <translation>has not 18 characters, or its check character is wrong</translation>
    </message>
    <message>
        <source>太长</source>
        <translation>is too long</translation>
    </message>
    <message>
        <source>含有不能保存的字符</source>
        <translation>has characters that cannot be kept</translation>
    </message>
    <message>
        <source>第一行不是表头，没有读入</source>
        <translation>the first row is no header; nothing was read</translation>
    </message>
    <message>
        <source>缺少必需的列，没有读入</source>
        <translation>a compulsory column is missing; nothing was read</translation>
    </message>
    <message>
        <source>两列含义相同，用了前一列</source>
        <translation>two columns of one meaning; the first was used</translation>
    </message>
    <message>
        <source>不认识这一列，没有读入</source>
        <translation>unknown column; not read</translation>
    </message>
    <message>
        <source>这一行有错，没有读入</source>
        <translation>this row has a mistake; not read</translation>
    </message>
    <message>
        <source>与表中另一行重复，没有读入</source>
        <translation>the same as another row; not read</translation>
    </message>
    <message>
        <source>任务中已有这条结果，没有读入</source>
        <translation>the task has this result already; not read</translation>
    </message>
    <message>
        <source>行数太多，从这一行起没有读入</source>
        <translation>too many rows; not read from here on</translation>
    </message>
    <message>
        <source>任务单填写完整后提交，取得编号</source>
        <translation>A complete sheet is submitted and gets its number</translation>
    </message>
    <message>
        <source>由承办单位签收，或写明理由退回</source>
        <translation>Accepted by the unit, or returned with a reason</translation>
    </message>
    <message>
        <source>勾选的反馈材料全部报送</source>
        <translation>All ticked feedback is sent</translation>
    </message>
    <message>
        <source>构成线索：须填依据
不构成：须填理由和依据</source>
        <translation>All ticked feedback is sent</translation>
    </message>
    <message>
        <source>须填承办单位；次日起 15 个工作日</source>
        <translation>Unit; 15 working days from the next day</translation>
    </message>
    <message>
        <source>签收后填写核查结论和情况</source>
        <translation>Accepted, then outcome and facts</translation>
    </message>
    <message>
        <source>违法：须填措施并附文书
不违法：须填理由和依据</source>
        <translation>Accepted, then outcome and facts</translation>
    </message>
    <message>
        <source>由分派人确认</source>
        <translation>Confirmed by whoever dispatched it</translation>
    </message>
    <message>
        <source>%1月%2日</source>
        <translation>%1/%2</translation>
    </message>
    <message>
        <source>周一</source>
        <translation>Mon</translation>
    </message>
    <message>
        <source>周二</source>
        <translation>Tue</translation>
    </message>
    <message>
        <source>周三</source>
        <translation>Wed</translation>
    </message>
    <message>
        <source>周四</source>
        <translation>Thu</translation>
    </message>
    <message>
        <source>周五</source>
        <translation>Fri</translation>
    </message>
    <message>
        <source>周六</source>
        <translation>Sat</translation>
    </message>
    <message>
        <source>周日</source>
        <translation>Sun</translation>
    </message>
    <message>
        <source>逾期 %1 个工作日</source>
        <translation>%1 working days late</translation>
    </message>
    <message>
        <source>今日到期</source>
        <translation>Due today</translation>
    </message>
    <message>
        <source>剩 %1 个工作日</source>
        <translation>%1 working days left</translation>
    </message>
    <message>
        <source>草稿%1</source>
        <translation>Draft %1</translation>
    </message>
    <message>
        <source>经营主体不明</source>
        <translation>Operator unknown</translation>
    </message>
    <message>
        <source>有读不出的字符，没有读入</source>
        <translation>holds characters that cannot be read; not read in</translation>
    </message>
    <message>
        <source>这一行太长，没有读入</source>
        <translation>the row is too long; not read in</translation>
    </message>
    <message>
        <source>格数太多，没有读入</source>
        <translation>too many cells; not read in</translation>
    </message>
    <message>
        <source>引号没有成对，没有读入</source>
        <translation>a quotation mark is not closed; not read in</translation>
    </message>
    <message>
        <source>不是一条记录，没有读入</source>
        <translation>is no record; not read in</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>磁盘已满，证据库打不开。</source>
        <translation>The disk is full; the vault does not open. </translation>
    </message>
    <message>
        <source>已封存的证据没有受影响。</source>
        <translation>Sealed evidence is not affected. </translation>
    </message>
    <message>
        <source>请腾出磁盘空间后点“重试”。</source>
        <translation>Free disk space, then press Retry.</translation>
    </message>
    <message>
        <source>没有权限读写证据库文件夹。</source>
        <translation>No permission for the vault&apos;s folder. </translation>
    </message>
    <message>
        <source>已封存的证据没有受影响，但现在不能取证。</source>
        <translation>Sealed evidence is not affected, but nothing can be captured now. </translation>
    </message>
    <message>
        <source>请检查文件夹权限，或用 --vault 换一个文件夹。</source>
        <translation>Check the folder&apos;s permissions, or choose another with --vault.</translation>
    </message>
    <message>
        <source>工作站没有准备好。</source>
        <translation>The workstation is not ready. </translation>
    </message>
    <message>
        <source>请点“重试”；仍不行时把下面的说明交给管理员。</source>
        <translation>Press Retry; if it stays so, give the text below to the administrator.</translation>
    </message>
    <message>
        <source>没有找到 adb 服务。</source>
        <translation>No adb server answers. </translation>
    </message>
    <message>
        <source>还没有开始取证，证据不受影响。</source>
        <translation>No capture has begun; evidence is not affected. </translation>
    </message>
    <message>
        <source>请在本机启动 adb（adb start-server）后点“重试”。</source>
        <translation>Start adb on this computer (adb start-server), then press Retry.</translation>
    </message>
    <message>
        <source>adb 服务没有正确回答。</source>
        <translation>The adb server gave no proper answer. </translation>
    </message>
    <message>
        <source>请重新启动 adb 后点“重试”。</source>
        <translation>Restart adb, then press Retry.</translation>
    </message>
    <message>
        <source>练习台缺少程序（adb 或 guzheng-phone）。</source>
        <translation>The practice desk lacks a program (adb or guzheng-phone). </translation>
    </message>
    <message>
        <source>真实手机仍可使用，练习手机不可用。</source>
        <translation>Real phones can be used, the training phone cannot. </translation>
    </message>
    <message>
        <source>请重新安装固证，或接上真实手机。</source>
        <translation>Install Guzheng again, or connect a real phone.</translation>
    </message>
    <message>
        <source>练习手机没有启动。</source>
        <translation>The training phone did not start. </translation>
    </message>
    <message>
        <source>请关闭窗口再打开一次；仍不行时把下面的说明交给管理员。</source>
        <translation>Close and open the window; if it stays so, give the text below to the administrator.</translation>
    </message>
    <message>
        <source>磁盘空间不足，没有开始取证。</source>
        <translation>Too little disk space; no capture began. </translation>
    </message>
    <message>
        <source>没有留下任何证据。</source>
        <translation>No evidence was left behind. </translation>
    </message>
    <message>
        <source>请腾出至少 512 MB 空间后再开始。</source>
        <translation>Free at least 512 MB, then start.</translation>
    </message>
    <message>
        <source>手机没有授权本工作站，或投屏程序不在许可清单内。</source>
        <translation>The phone has not authorised this workstation, or the screen server is not on the accepted list. </translation>
    </message>
    <message>
        <source>请在手机上允许 USB 调试后再开始。</source>
        <translation>Allow USB debugging on the phone, then start.</translation>
    </message>
    <message>
        <source>投屏程序与许可清单不符，已拒绝使用。</source>
        <translation>The screen server differs from the accepted list and was refused. </translation>
    </message>
    <message>
        <source>没有留下任何证据，手机上没有运行任何程序。</source>
        <translation>No evidence was left, nothing ran on the phone. </translation>
    </message>
    <message>
        <source>请重新安装固证；不要使用来历不明的程序文件。</source>
        <translation>Install Guzheng again; use no files of unknown origin.</translation>
    </message>
    <message>
        <source>找不到手机，或本机没有适用于真实手机的投屏程序。</source>
        <translation>The phone was not found, or this computer lacks the screen server for real phones. </translation>
    </message>
    <message>
        <source>请检查手机连接；真实手机需要管理员放入 scrcpy-server 3.3 或 4.x。</source>
        <translation>Check the connection; real phones need scrcpy-server 3.3 or 4.x put in place by the administrator.</translation>
    </message>
    <message>
        <source>连不上手机。</source>
        <translation>The phone cannot be reached. </translation>
    </message>
    <message>
        <source>请检查数据线和手机状态，点“重试”后再开始。</source>
        <translation>Check cable and phone, press Retry, then start.</translation>
    </message>
    <message>
        <source>手机没有按时回答。</source>
        <translation>The phone did not answer in time. </translation>
    </message>
    <message>
        <source>请解锁手机屏幕后再开始。</source>
        <translation>Unlock the phone, then start.</translation>
    </message>
    <message>
        <source>没有开始取证。</source>
        <translation>No capture began. </translation>
    </message>
    <message>
        <source>没有留下完整的证据；如有未完成的会话，会列在证据库最上面。</source>
        <translation>No complete evidence was left; an unfinished session is listed on top of the vault. </translation>
    </message>
    <message>
        <source>请再试一次；仍不行时把下面的说明交给管理员。</source>
        <translation>Try again; if it stays so, give the text below to the administrator.</translation>
    </message>
    <message>
        <source>磁盘已满，录制停了。</source>
        <translation>The disk is full; recording stopped. </translation>
    </message>
    <message>
        <source>停之前的录像、截图和日志都在，中断会写进报告。</source>
        <translation>Everything before the stop is kept; the gap will be in the report. </translation>
    </message>
    <message>
        <source>请立即“结束并封存”，再腾出空间。</source>
        <translation>End and seal now, then free space.</translation>
    </message>
    <message>
        <source>与手机的连接断了。</source>
        <translation>The connection to the phone broke. </translation>
    </message>
    <message>
        <source>断开之前的内容都在，中断会写进报告。</source>
        <translation>Everything before it is kept; the gap will be in the report. </translation>
    </message>
    <message>
        <source>请检查连接；连不上时请“结束并封存”。</source>
        <translation>Check the connection; if it does not come back, end and seal.</translation>
    </message>
    <message>
        <source>手机没有按时回答这一步。</source>
        <translation>The phone did not answer this step in time. </translation>
    </message>
    <message>
        <source>录制在继续，已取得的证据不受影响。</source>
        <translation>Recording goes on; what was taken is not affected. </translation>
    </message>
    <message>
        <source>请再试一次这一步。</source>
        <translation>Try this step again.</translation>
    </message>
    <message>
        <source>取证中出了问题。</source>
        <translation>Something went wrong while capturing. </translation>
    </message>
    <message>
        <source>请看时间线；需要时“结束并封存”。</source>
        <translation>See the timeline; end and seal if needed.</translation>
    </message>
    <message>
        <source>说明没有记下。</source>
        <translation>The description was not taken. </translation>
    </message>
    <message>
        <source>截图和录像不受影响。</source>
        <translation>Screenshot and recording are not affected. </translation>
    </message>
    <message>
        <source>请改正后再保存一次。</source>
        <translation>Correct it and save again.</translation>
    </message>
    <message>
        <source>证据还不完整，没有封存。</source>
        <translation>The evidence is incomplete and was not sealed. </translation>
    </message>
    <message>
        <source>取证在继续，什么也没有丢。</source>
        <translation>The capture goes on, nothing is lost. </translation>
    </message>
    <message>
        <source>请补齐缺少的部分，或写明不完整的原因。</source>
        <translation>Add what misses, or give the reason.</translation>
    </message>
    <message>
        <source>磁盘已满，封存没有完成。</source>
        <translation>The disk is full; sealing did not finish. </translation>
    </message>
    <message>
        <source>已写下的录像、截图和日志都在。</source>
        <translation>What was written is all there. </translation>
    </message>
    <message>
        <source>请腾出空间，再到证据库“恢复并封存”。</source>
        <translation>Free space, then recover and seal in the vault.</translation>
    </message>
    <message>
        <source>封存没有完成。</source>
        <translation>Sealing did not finish. </translation>
    </message>
    <message>
        <source>请到证据库“恢复并封存”。</source>
        <translation>Recover and seal in the vault.</translation>
    </message>
    <message>
        <source>证据库读不出来。</source>
        <translation>The vault cannot be read. </translation>
    </message>
    <message>
        <source>没有改动任何证据。</source>
        <translation>No evidence was changed. </translation>
    </message>
    <message>
        <source>请检查证据库所在的磁盘，再打开本页。</source>
        <translation>Check the vault&apos;s disk, then open this page again.</translation>
    </message>
    <message>
        <source>这个证据包的内容读不出来。</source>
        <translation>This package cannot be read. </translation>
    </message>
    <message>
        <source>它可能已被改动或损坏；其他证据包不受影响。</source>
        <translation>It may have been changed or damaged; others are not affected. </translation>
    </message>
    <message>
        <source>请按 F5 校验，看是哪一处。</source>
        <translation>Press F5 to see where.</translation>
    </message>
    <message>
        <source>校验已取消。</source>
        <translation>Verification cancelled. </translation>
    </message>
    <message>
        <source>没有结论，证据没有改动。</source>
        <translation>No verdict; the evidence is unchanged. </translation>
    </message>
    <message>
        <source>需要时按 F5 再校验。</source>
        <translation>Press F5 to verify again.</translation>
    </message>
    <message>
        <source>找不到这个证据包。</source>
        <translation>The package was not found. </translation>
    </message>
    <message>
        <source>它可能被移走了。</source>
        <translation>It may have been moved. </translation>
    </message>
    <message>
        <source>请检查证据库文件夹。</source>
        <translation>Check the vault&apos;s folder.</translation>
    </message>
    <message>
        <source>校验没有做完。</source>
        <translation>Verification did not finish. </translation>
    </message>
    <message>
        <source>请检查磁盘后按 F5 再校验。</source>
        <translation>Check the disk, then press F5.</translation>
    </message>
    <message>
        <source>导出已取消。</source>
        <translation>Export cancelled. </translation>
    </message>
    <message>
        <source>没有留下半个文件，证据库里的包没有改动。</source>
        <translation>No half file was left; the package is unchanged. </translation>
    </message>
    <message>
        <source>需要时再导出。</source>
        <translation>Export again when needed.</translation>
    </message>
    <message>
        <source>目标磁盘已满，没有导出。</source>
        <translation>The target disk is full; nothing was exported. </translation>
    </message>
    <message>
        <source>请换一个磁盘再导出。</source>
        <translation>Choose another disk.</translation>
    </message>
    <message>
        <source>没有权限写到那里，没有导出。</source>
        <translation>No permission to write there; nothing was exported. </translation>
    </message>
    <message>
        <source>证据库里的包没有改动。</source>
        <translation>The package in the vault is unchanged. </translation>
    </message>
    <message>
        <source>请换一个文件夹再导出。</source>
        <translation>Choose another folder.</translation>
    </message>
    <message>
        <source>没有导出。</source>
        <translation>Nothing was exported. </translation>
    </message>
    <message>
        <source>请换一个位置再试。</source>
        <translation>Choose another place.</translation>
    </message>
    <message>
        <source>没有恢复。</source>
        <translation>Not recovered. </translation>
    </message>
    <message>
        <source>留下的文件原样未动。</source>
        <translation>The files are as they were. </translation>
    </message>
    <message>
        <source>请确认没有其他窗口正在使用它，再试一次。</source>
        <translation>Make sure no other window uses it, then try again.</translation>
    </message>
    <message>
        <source>没有找到生成报告的程序 guzheng-evidence。</source>
        <translation>The program that makes reports, guzheng-evidence, was not found. </translation>
    </message>
    <message>
        <source>证据包没有改动。</source>
        <translation>The package is unchanged. </translation>
    </message>
    <message>
        <source>请重新安装固证。</source>
        <translation>Install Guzheng again.</translation>
    </message>
    <message>
        <source>磁盘已满，报告没有生成。</source>
        <translation>The disk is full; no report was made. </translation>
    </message>
    <message>
        <source>请腾出空间再生成。</source>
        <translation>Free space, then make it again.</translation>
    </message>
    <message>
        <source>报告没有生成。</source>
        <translation>No report was made. </translation>
    </message>
    <message>
        <source>录像放不出来。</source>
        <translation>The recording cannot be played. </translation>
    </message>
    <message>
        <source>证据没有改动；原因可能是文件损坏。</source>
        <translation>The evidence was not changed by this; a file may be damaged. </translation>
    </message>
    <message>
        <source>操作日志读不出来。</source>
        <translation>The operation log cannot be read. </translation>
    </message>
    <message>
        <source>证据没有改动。</source>
        <translation>The evidence is unchanged. </translation>
    </message>
    <message>
        <source>请检查磁盘，再打开本页。</source>
        <translation>Check the disk, then open this page again.</translation>
    </message>
    <message>
        <source>操作日志写不进去。</source>
        <translation>The operation log cannot be written. </translation>
    </message>
    <message>
        <source>证据本身不受影响，但这一步没有留痕。</source>
        <translation>The evidence is not affected, but this step left no trace. </translation>
    </message>
    <message>
        <source>请检查磁盘空间和权限。</source>
        <translation>Check disk space and permissions.</translation>
    </message>
    <message>
        <source>这一步没有执行。</source>
        <translation>This step was not carried out. </translation>
    </message>
    <message>
        <source>录像和已取得的证据不受影响。</source>
        <translation>The recording and what was taken are not affected. </translation>
    </message>
    <message>
        <source>已暂停时请先点“继续操作”，再试一次。</source>
        <translation>If paused, press Resume first, then try again.</translation>
    </message>
    <message>
        <source>录制是否继续以上方录制灯为准；已写下的内容都在。</source>
        <translation>The light above tells whether recording goes on; what was written is all there. </translation>
    </message>
    <message>
        <source>已导出，但移交记录没有写成。</source>
        <translation>Exported, but the hand-over record was not written. </translation>
    </message>
    <message>
        <source>导出的文件是好的，证据库里的包没有改动。</source>
        <translation>The exported file is good; the package in the vault is unchanged. </translation>
    </message>
    <message>
        <source>请换一个文件夹再导出一次，让移交记录与文件放在一起。</source>
        <translation>Export once more into another folder, so that the record lies beside the file.</translation>
    </message>
    <message>
        <source>找不到策略文件，或策略指名的文件，工作站没有打开。</source>
        <translation>The policy file, or a file that it names, was not found; the station was not opened.</translation>
    </message>
    <message>
        <source>已封存的证据没有受影响；不会改用练习台代替。</source>
        <translation>Sealed evidence is not affected; the practice desk is not used instead.</translation>
    </message>
    <message>
        <source>请管理员放好文件后点“重试”；要练习请用 guzheng --practice 打开。</source>
        <translation>Have the files put in place, then press Retry; to practise, open guzheng --practice.</translation>
    </message>
    <message>
        <source>策略文件有错，工作站没有打开。</source>
        <translation>The policy file has mistakes; the station was not opened.</translation>
    </message>
    <message>
        <source>请管理员按下面所列的行号改正后点“重试”；要练习请用 guzheng --practice 打开。</source>
        <translation>Have the lines listed below put right, then press Retry; to practise, open guzheng --practice.</translation>
    </message>
    <message>
        <source>有的设置读不出来。</source>
        <translation>Some of the settings cannot be read.</translation>
    </message>
    <message>
        <source>请检查策略文件指名的证书是否还在，再打开本页。</source>
        <translation>Check that the certificates named by the policy are still there, then open this page again.</translation>
    </message>
    <message>
        <source>复核已取消。</source>
        <translation>The review was cancelled. </translation>
    </message>
    <message>
        <source>没有写下记录，证据没有改动。</source>
        <translation>No record was written; the evidence was not changed. </translation>
    </message>
    <message>
        <source>需要时再复核。</source>
        <translation>Review again when needed.</translation>
    </message>
    <message>
        <source>没有写复核记录：这个证据包与封存时不符。</source>
        <translation>No review was recorded: this package is not what was sealed. </translation>
    </message>
    <message>
        <source>损坏的包没有什么可以确认；包没有改动。</source>
        <translation>There is nothing to confirm in a damaged package; it was not changed. </translation>
    </message>
    <message>
        <source>没有写复核记录：没有执法人员登录。</source>
        <translation>No review was recorded: no officer is logged in. </translation>
    </message>
    <message>
        <source>请登录后再复核。</source>
        <translation>Log in, then review.</translation>
    </message>
    <message>
        <source>没有写成复核记录。</source>
        <translation>The review was not recorded. </translation>
    </message>
    <message>
        <source>证据没有改动，也没有留下半条记录。</source>
        <translation>The evidence was not changed, and no half record stays. </translation>
    </message>
    <message>
        <source>请写明理由后再试；仍不行时把下面的说明交给管理员。</source>
        <translation>Give the reason and try again; if that fails, hand the text below to the administrator.</translation>
    </message>
    <message>
        <source>没有补到时间戳。</source>
        <translation>No time stamp was fetched. </translation>
    </message>
    <message>
        <source>证据没有改动，已有的时间戳都在。</source>
        <translation>The evidence was not changed; the stamps that were there are there. </translation>
    </message>
    <message>
        <source>请检查网络后再试。</source>
        <translation>Check the network and try again.</translation>
    </message>
    <message>
        <source>没有补签：在本机登录的不是封存时写明的第二执法人员。</source>
        <translation>Not signed: who is logged in here is not the second officer named when it was sealed. </translation>
    </message>
    <message>
        <source>证据没有改动，仍为待签。</source>
        <translation>The evidence was not changed; the second signature is still to come. </translation>
    </message>
    <message>
        <source>请由写明的那一位登录后补签。</source>
        <translation>Let the officer who is named log in and sign.</translation>
    </message>
    <message>
        <source>没有补签。</source>
        <translation>Not signed. </translation>
    </message>
    <message>
        <source>没有续期：这个证据包与封存时不符。</source>
        <translation>Not renewed: this package is not what was sealed. </translation>
    </message>
    <message>
        <source>续期已取消。</source>
        <translation>The renewal was cancelled. </translation>
    </message>
    <message>
        <source>需要时再续期。</source>
        <translation>Renew when needed.</translation>
    </message>
    <message>
        <source>没有续期。</source>
        <translation>Not renewed. </translation>
    </message>
    <message>
        <source>核验证明没有存：那里已有同名文件。</source>
        <translation>The certificate was not saved: there is a file of that name. </translation>
    </message>
    <message>
        <source>已有的文件没有改动。</source>
        <translation>That file was not changed. </translation>
    </message>
    <message>
        <source>请换一个文件名。</source>
        <translation>Choose another name.</translation>
    </message>
    <message>
        <source>核验证明没有存成。</source>
        <translation>The certificate was not saved. </translation>
    </message>
    <message>
        <source>证据没有改动，核验结论不变。</source>
        <translation>The evidence was not changed, nor was the verdict. </translation>
    </message>
    <message>
        <source>请换一个文件夹再存。</source>
        <translation>Choose another folder and save again.</translation>
    </message>
    <message>
        <source>复查已停止。</source>
        <translation>The scrub was stopped. </translation>
    </message>
    <message>
        <source>已查过的结果都已记下，证据没有改动。</source>
        <translation>What was looked at is recorded; the evidence was not changed. </translation>
    </message>
    <message>
        <source>下次从停下的地方继续。</source>
        <translation>The next one goes on from here.</translation>
    </message>
    <message>
        <source>复查没有做完。</source>
        <translation>The scrub did not come to its end. </translation>
    </message>
    <message>
        <source>已查过的结果都已记下。</source>
        <translation>What was looked at is recorded. </translation>
    </message>
    <message>
        <source>请检查磁盘后再开始，会从停下的地方继续。</source>
        <translation>Check the disk and start again; it goes on from where it stopped.</translation>
    </message>
    <message>
        <source>副本所在的介质不在。</source>
        <translation>The second copy&apos;s medium is away. </translation>
    </message>
    <message>
        <source>证据库里的包没有改动，但只有一份。</source>
        <translation>The packages in the vault were not changed, but there is one copy only. </translation>
    </message>
    <message>
        <source>请接上介质后再更新副本。</source>
        <translation>Connect the medium, then update the copy.</translation>
    </message>
    <message>
        <source>副本没有更新完。</source>
        <translation>The second copy was not brought into step. </translation>
    </message>
    <message>
        <source>请检查副本所在的磁盘后再更新。</source>
        <translation>Check the copy&apos;s disk and update again.</translation>
    </message>
    <message>
        <source>导入已取消。</source>
        <translation>The import was cancelled. </translation>
    </message>
    <message>
        <source>原文件没有改动，证据库里没有留下半个包。</source>
        <translation>The originals were not changed, and no half package stays in the vault. </translation>
    </message>
    <message>
        <source>需要时再导入。</source>
        <translation>Import again when needed.</translation>
    </message>
    <message>
        <source>没有导入：有文件在复制时被改动了。</source>
        <translation>Nothing was imported: a file changed while it was copied. </translation>
    </message>
    <message>
        <source>原文件没有被本程序改动，证据库里没有留下半个包。</source>
        <translation>This program did not change the originals, and no half package stays in the vault. </translation>
    </message>
    <message>
        <source>请关闭正在写它的程序，再导入。</source>
        <translation>Close what writes to it, then import.</translation>
    </message>
    <message>
        <source>没有导入：有的不是普通文件、没有权限读，或没有执法人员登录。</source>
        <translation>Nothing was imported: something is no plain file or may not be read, or no officer is logged in. </translation>
    </message>
    <message>
        <source>请看下面的说明，改正后再导入。</source>
        <translation>See the text below, put it right and import again.</translation>
    </message>
    <message>
        <source>没有导入：有文件找不到了。</source>
        <translation>Nothing was imported: a file is not there any more. </translation>
    </message>
    <message>
        <source>证据库里没有留下半个包。</source>
        <translation>No half package stays in the vault. </translation>
    </message>
    <message>
        <source>请接好存储介质，从列表中去掉它或重新添加。</source>
        <translation>Connect the medium, or remove the file from the list and add it again.</translation>
    </message>
    <message>
        <source>磁盘空间不足，没有导入。</source>
        <translation>Not enough disk space: nothing was imported. </translation>
    </message>
    <message>
        <source>请腾出空间再导入。</source>
        <translation>Make room, then import.</translation>
    </message>
    <message>
        <source>没有导入。</source>
        <translation>Nothing was imported. </translation>
    </message>
    <message>
        <source>没有登记：已有同名的节点。</source>
        <translation>Not entered: there is a node of that name. </translation>
    </message>
    <message>
        <source>节点清单没有改动，证据不受影响。</source>
        <translation>The list of nodes was not changed; evidence is not affected. </translation>
    </message>
    <message>
        <source>请换一个名称，或先删除旧的。</source>
        <translation>Choose another name, or remove the old one first.</translation>
    </message>
    <message>
        <source>节点清单或填写的内容有错。</source>
        <translation>The list of nodes, or what was filled in, has a mistake. </translation>
    </message>
    <message>
        <source>请按下面的说明改正：名称至多 60 字节，主机和用户只用字母、数字、点、横线、下划线。</source>
        <translation>Put it right as the text below says: names have at most 60 bytes; host and user only letters, digits, dots, dashes and underscores.</translation>
    </message>
    <message>
        <source>没有登记：没有执法人员登录，或节点的密钥不是刚才显示的那一把。</source>
        <translation>Not entered: no officer is logged in, or the key of the node is not the one that was shown. </translation>
    </message>
    <message>
        <source>没有信任任何密钥，证据不受影响。</source>
        <translation>No key was trusted; evidence is not affected. </translation>
    </message>
    <message>
        <source>请登录后再“检测连接”，重新核对指纹。</source>
        <translation>Log in, press Check and compare the fingerprint again.</translation>
    </message>
    <message>
        <source>没有删除：正在用这个节点的手机取证。</source>
        <translation>Not removed: a capture uses a phone of this node. </translation>
    </message>
    <message>
        <source>请先“结束并封存”，再删除节点。</source>
        <translation>End and seal first, then remove the node.</translation>
    </message>
    <message>
        <source>节点清单没有改成。</source>
        <translation>The list of nodes was not changed. </translation>
    </message>
    <message>
        <source>证据不受影响。</source>
        <translation>Evidence is not affected. </translation>
    </message>
    <message>
        <source>请检查磁盘空间和权限后再试。</source>
        <translation>Check disk space and permissions, then try again.</translation>
    </message>
    <message>
        <source>节点历史读不出来或记不下来。</source>
        <translation>The history of the node cannot be read or kept. </translation>
    </message>
    <message>
        <source>证据不受影响：取证时的节点状态写在证据包里。</source>
        <translation>Evidence is not affected: the state of the node at a capture stands in the package. </translation>
    </message>
    <message>
        <source>请检查磁盘空间；仍不行时把下面的说明交给管理员。</source>
        <translation>Check disk space; if it stays so, give the text below to the administrator.</translation>
    </message>
    <message>
        <source>没有登记：这个资产编号已经有了。</source>
        <translation>Not entered: this asset number is there already. </translation>
    </message>
    <message>
        <source>登记表没有改动，证据不受影响。</source>
        <translation>The register was not changed; evidence is not affected. </translation>
    </message>
    <message>
        <source>请核对编号，一件一个。</source>
        <translation>Check the number: one for each thing.</translation>
    </message>
    <message>
        <source>没有登记：它的状态刚刚变过，或填写的内容不合要求。</source>
        <translation>Not entered: its state has just changed, or what was filled in is not allowed. </translation>
    </message>
    <message>
        <source>请看下面的说明，核对后再登记。</source>
        <translation>See the text below, check and enter it again.</translation>
    </message>
    <message>
        <source>登记没有写成。</source>
        <translation>The entry was not written. </translation>
    </message>
    <message>
        <source>请登录并检查磁盘空间后再试。</source>
        <translation>Log in and check disk space, then try again.</translation>
    </message>
    <message>
        <source>线路中断期间，手机已由别的席位占用，没有再操作也没有录制。</source>
        <translation>While the line was broken another desk took the phone: it is neither driven nor recorded. </translation>
    </message>
    <message>
        <source>中断之前的内容都在，谁占用了手机写进取证日志。</source>
        <translation>Everything before it is kept; the journal says who took the phone. </translation>
    </message>
    <message>
        <source>请联系对方；对方结束后取证自己继续，不等时请“结束并封存”。</source>
        <translation>Speak to them: the capture goes on by itself once they end. If you cannot wait, end and seal.</translation>
    </message>
    <message>
        <source>节点的主机密钥变了，已拒绝连接，没有开始取证。</source>
        <translation>The host key of the node has changed: it was refused and no capture began. </translation>
    </message>
    <message>
        <source>请先不要经它取证；怎么办见“节点”页。</source>
        <translation>Do not capture through it; page Nodes says what to do.</translation>
    </message>
    <message>
        <source>节点的主机密钥还没有核对，或节点不让本工作站登录，没有开始取证。</source>
        <translation>The host key of the node was not compared yet, or the node did not let this workstation in: no capture began. </translation>
    </message>
    <message>
        <source>请在“设置 → 节点”检测连接、核对指纹后再开始。</source>
        <translation>Check the connection and compare the fingerprint in Settings → Nodes, then start.</translation>
    </message>
    <message>
        <source>节点没有正确回答，没有开始取证。</source>
        <translation>The node gave no proper answer: no capture began. </translation>
    </message>
    <message>
        <source>请检查网络，并看“节点”页；恢复后再开始，或换一台手机。</source>
        <translation>Check the network and see page Nodes; start when it is back, or take another phone.</translation>
    </message>
    <message>
        <source>环境检测没有做完。</source>
        <translation>The environment check did not finish.</translation>
    </message>
    <message>
        <source>请检查手机连接，再点“重新检测”。</source>
        <translation>Check the phone&apos;s connection, then press “Check again”.</translation>
    </message>
    <message>
        <source>取证指令没有填完整，或环境检测的必检项不符。</source>
        <translation>The order is not filled in, or a compulsory item of the environment check failed.</translation>
    </message>
    <message>
        <source>请补齐标有 * 的各项；必检项见“环境检测”，可以写明理由仍要取证。</source>
        <translation>Fill in what is marked *; compulsory items stand under “Environment”, where each can be let pass with a reason.</translation>
    </message>
    <message>
        <source>脚本没有打开，或没有生成。</source>
        <translation>The script was not opened, or not made.</translation>
    </message>
    <message>
        <source>证据不受影响，原有脚本没有改动。</source>
        <translation>Evidence is not affected, no script was changed.</translation>
    </message>
    <message>
        <source>请看下面写明的位置；脚本文件不是正确的 JSON 时，用文本编辑器改正。</source>
        <translation>See the place named below; a script file that is no right JSON is mended with a text editor.</translation>
    </message>
    <message>
        <source>这份证据打不开，没有生成脚本。</source>
        <translation>This evidence could not be opened, no script was made.</translation>
    </message>
    <message>
        <source>请由取得这份证据的执法人员登录后再生成。</source>
        <translation>Let an officer who took this evidence log in and make it.</translation>
    </message>
    <message>
        <source>脚本没有写成或读不出来。</source>
        <translation>The script could not be written or read.</translation>
    </message>
    <message>
        <source>请检查磁盘空间和脚本文件夹后再试。</source>
        <translation>Check the disk&apos;s space and the scripts&apos; folder, then try again.</translation>
    </message>
    <message>
        <source>脚本没有运行：环境检测有必检项不符，或脚本、口令不合要求。</source>
        <translation>The script was not run: a compulsory item of the environment check fails, or script or secret are not in order.</translation>
    </message>
    <message>
        <source>请看下面的说明；环境检测在“远程取证”处理后再运行。</source>
        <translation>See below; settle the environment check in Remote capture, then run it again.</translation>
    </message>
    <message>
        <source>脚本没有运行，或没有封存。</source>
        <translation>The script was not run, or not sealed.</translation>
    </message>
    <message>
        <source>已录内容没有丢失：在“远程取证”继续结束，或在“证据库”恢复。</source>
        <translation>What was recorded is not lost: end it in Remote capture, or recover it in the vault.</translation>
    </message>
    <message>
        <source>请检查手机连接后再试。</source>
        <translation>Check the phone&apos;s connection, then try again.</translation>
    </message>
    <message>
        <source>主体库正由另一个程序使用，没有打开。</source>
        <translation>The subject library is in use by another program and was not opened. </translation>
    </message>
    <message>
        <source>证据不受影响，库中内容没有改动。</source>
        <translation>Evidence is not affected, the library is unchanged. </translation>
    </message>
    <message>
        <source>请关闭另一个窗口或命令，再打开固证。</source>
        <translation>Close the other window or command, then open Guzheng again.</translation>
    </message>
    <message>
        <source>主体库的密钥不符，或不让读，没有打开。</source>
        <translation>The subject library&apos;s key does not fit or may not be read; it was not opened. </translation>
    </message>
    <message>
        <source>请把下面的说明交给管理员；不要删除密钥文件。</source>
        <translation>Give the note below to the administrator; do not delete the key file.</translation>
    </message>
    <message>
        <source>主体库打不开，或索引没有跟上。</source>
        <translation>The subject library cannot be opened, or its index did not follow. </translation>
    </message>
    <message>
        <source>证据不受影响，库中已有内容没有改动。</source>
        <translation>Evidence is not affected, what the library holds is unchanged. </translation>
    </message>
    <message>
        <source>请检查磁盘空间和权限后重新打开固证。</source>
        <translation>Check disk space and permissions, then open Guzheng again.</translation>
    </message>
    <message>
        <source>搜索没有完成。</source>
        <translation>The search did not finish. </translation>
    </message>
    <message>
        <source>主体库没有改动，证据不受影响。</source>
        <translation>The library is unchanged, evidence is not affected. </translation>
    </message>
    <message>
        <source>请换一个词再搜；仍不行时把下面的说明交给管理员。</source>
        <translation>Search for another word; if that fails too, give the note below to the administrator.</translation>
    </message>
    <message>
        <source>没有保存：填写的内容不合要求。</source>
        <translation>Not saved: what was filled in is not of the required form. </translation>
    </message>
    <message>
        <source>主体库没有改动。</source>
        <translation>The library is unchanged. </translation>
    </message>
    <message>
        <source>请看下面的说明，改正后再保存。</source>
        <translation>See the note below, correct it and save again.</translation>
    </message>
    <message>
        <source>没有保存：这个主体已不在库中。</source>
        <translation>Not saved: this subject is no longer in the library. </translation>
    </message>
    <message>
        <source>请返回列表；被删除的可以撤销。</source>
        <translation>Go back to the list; a removal can be undone.</translation>
    </message>
    <message>
        <source>没有办成：没有执法人员登录。</source>
        <translation>Not done: no officer is logged in. </translation>
    </message>
    <message>
        <source>主体库没有改动，敏感信息没有显示。</source>
        <translation>The library is unchanged, no sensitive value was shown. </translation>
    </message>
    <message>
        <source>请登录后再试。</source>
        <translation>Log in and try again.</translation>
    </message>
    <message>
        <source>没有保存。</source>
        <translation>Not saved. </translation>
    </message>
    <message>
        <source>没有保存：这一组里已有同名标签。</source>
        <translation>Not saved: the group has a tag of that name. </translation>
    </message>
    <message>
        <source>标签库没有改动。</source>
        <translation>The tag library is unchanged. </translation>
    </message>
    <message>
        <source>请换一个名称。</source>
        <translation>Choose another name.</translation>
    </message>
    <message>
        <source>没有办成：标签还在使用，或没有执法人员登录。</source>
        <translation>Not done: the tag is in use, or no officer is logged in. </translation>
    </message>
    <message>
        <source>请先取下它，再删除；没有登录的请登录。</source>
        <translation>Take it off the subjects first, then delete it; log in if you are not.</translation>
    </message>
    <message>
        <source>标签没有保存。</source>
        <translation>The tags were not saved. </translation>
    </message>
    <message>
        <source>已加上的标签可以撤销。</source>
        <translation>Tags that were put on can be undone. </translation>
    </message>
    <message>
        <source>请看下面的说明后再试。</source>
        <translation>See the note below and try again.</translation>
    </message>
    <message>
        <source>已写入的行都已收回，主体库和导入前一样。</source>
        <translation>All rows written were taken back, the library is as before. </translation>
    </message>
    <message>
        <source>这个文件的格式不能导入。</source>
        <translation>A file of this format cannot be imported. </translation>
    </message>
    <message>
        <source>请在表格软件中另存为 XLSX 或 CSV 再导入。</source>
        <translation>Save it as XLSX or CSV in a spreadsheet program, then import it.</translation>
    </message>
    <message>
        <source>没有导入：文件不让读，或没有执法人员登录。</source>
        <translation>Not imported: the file may not be read, or no officer is logged in. </translation>
    </message>
    <message>
        <source>请检查文件权限，登录后再试。</source>
        <translation>Check the file&apos;s permissions, log in and try again.</translation>
    </message>
    <message>
        <source>没有导入，或没有导完。</source>
        <translation>Not imported, or not to the end. </translation>
    </message>
    <message>
        <source>原文件没有改动；下面没有另说时，主体库和导入前一样。</source>
        <translation>The file is unchanged; unless the note below says otherwise the library is as before. </translation>
    </message>
    <message>
        <source>没有导出：那里已有同名文件。</source>
        <translation>Not exported: there is a file of that name. </translation>
    </message>
    <message>
        <source>没有留下半个文件。</source>
        <translation>No half file is left. </translation>
    </message>
    <message>
        <source>没有留下半个文件，主体库没有改动。</source>
        <translation>No half file is left, the library is unchanged. </translation>
    </message>
    <message>
        <source>请换一个文件夹再试。</source>
        <translation>Try another folder.</translation>
    </message>
    <message>
        <source>监测任务打不开。</source>
        <translation>The monitoring tasks cannot be opened.</translation>
    </message>
    <message>
        <source>其他页面照常可用，证据不受影响。</source>
        <translation>The other pages work; no evidence is touched.</translation>
    </message>
    <message>
        <source>请检查磁盘空间和文件夹权限，再打开一次；仍不行时把下面的说明交给管理员。</source>
        <translation>Check disk space and folder permissions and open again; else hand the note below to the administrator.</translation>
    </message>
    <message>
        <source>没有保存：没有执法人员登录，或这不是本单位的任务。</source>
        <translation>Not saved: nobody is logged in, or the task is another unit&apos;s.</translation>
    </message>
    <message>
        <source>任务和证据没有改动。</source>
        <translation>Tasks and evidence are unchanged.</translation>
    </message>
    <message>
        <source>磁盘已满，没有保存。</source>
        <translation>The disk is full; not saved.</translation>
    </message>
    <message>
        <source>以前保存的都在，证据不受影响。</source>
        <translation>What was saved before is there; no evidence is touched.</translation>
    </message>
    <message>
        <source>请腾出空间后再保存。</source>
        <translation>Make room and save again.</translation>
    </message>
    <message>
        <source>任务和证据没有改动，填写的内容还在窗口里。</source>
        <translation>Tasks and evidence are unchanged; what you wrote is still in the window.</translation>
    </message>
    <message>
        <source>请按下面的说明改正后再保存。</source>
        <translation>Mend what is said below and save again.</translation>
    </message>
    <message>
        <source>这一步没有办：不在您的职责、单位或当前阶段之内，或没有执法人员登录。</source>
        <translation>Not done: not your duty, not your unit or not at this stage, or nobody is logged in.</translation>
    </message>
    <message>
        <source>任务和结果没有改动，也没有签名。</source>
        <translation>Nothing was changed and nothing signed.</translation>
    </message>
    <message>
        <source>请看右侧流转，由列明的单位办理。</source>
        <translation>See the route at the right: the unit named there does it.</translation>
    </message>
    <message>
        <source>这一步还缺内容，没有办。</source>
        <translation>Something is missing; not done.</translation>
    </message>
    <message>
        <source>请补齐下面所说的一项再试。</source>
        <translation>Fill in what is said below and try again.</translation>
    </message>
    <message>
        <source>这一步没有办成。</source>
        <translation>This step was not done.</translation>
    </message>
    <message>
        <source>这种文件读不了。</source>
        <translation>Files of this kind cannot be read.</translation>
    </message>
    <message>
        <source>没有导入任何结果。</source>
        <translation>No result was imported.</translation>
    </message>
    <message>
        <source>请另存为 CSV 或 XLSX 后再导入。</source>
        <translation>Save it as CSV or XLSX and import again.</translation>
    </message>
    <message>
        <source>文件没有读出来，或结果没有导入。</source>
        <translation>The file was not read, or its results were not imported.</translation>
    </message>
    <message>
        <source>任务没有改动。</source>
        <translation>The task is unchanged.</translation>
    </message>
    <message>
        <source>放假通知没有导入。</source>
        <translation>The holiday notice was not imported.</translation>
    </message>
    <message>
        <source>工作日历和期限没有改动。</source>
        <translation>Calendar and deadlines are unchanged.</translation>
    </message>
    <message>
        <source>请按下面所列的行改正后再导入。</source>
        <translation>Mend the lines listed below and import again.</translation>
    </message>
    <message>
        <source>还缺内容，没有生成。</source>
        <translation>Something is missing, nothing was made.</translation>
    </message>
    <message>
        <source>任务和结果没有改动。</source>
        <translation>Task and results are unchanged.</translation>
    </message>
    <message>
        <source>监测单位必填；监测报告要写结论与建议，平台个次要写平台和次数。</source>
        <translation>The monitoring unit is compulsory; a report needs its conclusion and advice, a platform count its platforms and rounds.</translation>
    </message>
    <message>
        <source>表单没有生成。</source>
        <translation>The form was not made.</translation>
    </message>
    <message>
        <source>任务和结果没有改动，填写的内容还在。</source>
        <translation>Task and results are unchanged; what was written is still there.</translation>
    </message>
    <message>
        <source>文书没有存出来。</source>
        <translation>The document was not saved.</translation>
    </message>
    <message>
        <source>任务里的文书没有改动。</source>
        <translation>The document in the task is unchanged.</translation>
    </message>
    <message>
        <source>请换一个文件夹再试；仍不行时把下面的说明交给管理员。</source>
        <translation>Please try another folder; if that does not help either, give the note below to the administrator.</translation>
    </message>
    <message>
        <source>证据已封存，但没有记到监测结果上。</source>
        <translation>The evidence is sealed, but was not written down at its result.</translation>
    </message>
    <message>
        <source>证据包是好的，在证据库里。</source>
        <translation>The package is good and lies in the vault.</translation>
    </message>
    <message>
        <source>请在监测结果中用“附证据”再记一次。</source>
        <translation>Attach it to the result again.</translation>
    </message>
    <message>
        <source>没有标为已读：没有执法人员登录。</source>
        <translation>Not marked as read: no officer is logged in.</translation>
    </message>
    <message>
        <source>通知都还在。</source>
        <translation>All notices are still there.</translation>
    </message>
    <message>
        <source>通知读不出来，或没有标上。</source>
        <translation>The notices could not be read or marked.</translation>
    </message>
    <message>
        <source>主体库和证据没有改动。</source>
        <translation>The subject library and the evidence are unchanged.</translation>
    </message>
    <message>
        <source>没有记下：没有执法人员登录。</source>
        <translation>Not recorded: no officer is logged in.</translation>
    </message>
    <message>
        <source>没有合并：正在导入，或正在撤销。</source>
        <translation>Not merged: an import or an undo is under way.</translation>
    </message>
    <message>
        <source>两个主体都还在，没有改动。</source>
        <translation>Both subjects are still there, unchanged.</translation>
    </message>
    <message>
        <source>请等导入结束后再试。</source>
        <translation>Try again when the import has ended.</translation>
    </message>
    <message>
        <source>没有办成：其中一个主体已不在库中。</source>
        <translation>Not done: one of the subjects is no longer in the library.</translation>
    </message>
    <message>
        <source>其余没有改动。</source>
        <translation>Nothing else was changed.</translation>
    </message>
    <message>
        <source>请重新比对。</source>
        <translation>Compare again.</translation>
    </message>
    <message>
        <source>比对没有办成。</source>
        <translation>The decision was not carried out.</translation>
    </message>
    <message>
        <source>主体库没有改动，或只改了一部分，变更历史里写着。</source>
        <translation>The library is unchanged, or changed in part, as its history says.</translation>
    </message>
    <message>
        <source>请重新比对后再试。</source>
        <translation>Compare again, then retry.</translation>
    </message>
    <message>
        <source>没有办成：那里已有同名文件，这次推送已导入过，或正在导入。</source>
        <translation>Not done: a file of that name is there, this push was imported already, or an import is under way.</translation>
    </message>
    <message>
        <source>已有的文件和主体库没有改动。</source>
        <translation>The file that is there and the library are unchanged.</translation>
    </message>
    <message>
        <source>请换一个文件名，或看下面的说明。</source>
        <translation>Choose another file name, or see the note below.</translation>
    </message>
    <message>
        <source>已停下。</source>
        <translation>Stopped.</translation>
    </message>
    <message>
        <source>没有留下半个推送文件；没有导完的，再点一次导入会接着做。</source>
        <translation>No half push file is left; an unfinished import goes on when you press Import again.</translation>
    </message>
    <message>
        <source>需要时再办。</source>
        <translation>Do it again when needed.</translation>
    </message>
    <message>
        <source>没有办成：签名的人不是本局的、证书已失效，或没有执法人员登录。</source>
        <translation>Not done: the signer is not of this bureau, the certificate is no longer valid, or no officer is logged in.</translation>
    </message>
    <message>
        <source>什么也没有导入，也没有写出。</source>
        <translation>Nothing was imported or written.</translation>
    </message>
    <message>
        <source>请核对来源；本机请登录后再试。</source>
        <translation>Check where it comes from; on this desk log in and try again.</translation>
    </message>
    <message>
        <source>这个文件签名之后被改动过。</source>
        <translation>This file was changed after it was signed.</translation>
    </message>
    <message>
        <source>什么也没有导入。</source>
        <translation>Nothing was imported.</translation>
    </message>
    <message>
        <source>请让对方重新推送，不要使用这个文件。</source>
        <translation>Ask for a new push and do not use this file.</translation>
    </message>
    <message>
        <source>没有找到文件，或这份回执说的是另一次推送。</source>
        <translation>The file was not found, or this acknowledgement is of another push.</translation>
    </message>
    <message>
        <source>请核对文件后再试。</source>
        <translation>Check the files and try again.</translation>
    </message>
    <message>
        <source>没有办成：没有选到主体，或这不是推送文件。</source>
        <translation>Not done: no subject was selected, or this is no push file.</translation>
    </message>
    <message>
        <source>请看下面的说明，核对后再试。</source>
        <translation>See the note below, check and try again.</translation>
    </message>
    <message>
        <source>推送没有办成。</source>
        <translation>The push was not done.</translation>
    </message>
    <message>
        <source>没有留下半个文件；导入的部分可以撤销。</source>
        <translation>No half file is left; what was imported can be taken back.</translation>
    </message>
    <message>
        <source>巡检没有开始：规则文件不合要求。</source>
        <translation>The check did not start: the rules file has not its form.</translation>
    </message>
    <message>
        <source>请按下面的说明改正规则文件。</source>
        <translation>Mend the rules file as the note below says.</translation>
    </message>
    <message>
        <source>巡检没有开始：没有执法人员登录。</source>
        <translation>The check did not start: no officer is logged in.</translation>
    </message>
    <message>
        <source>巡检没有做完。</source>
        <translation>The check did not finish.</translation>
    </message>
    <message>
        <source>查过的已记下，其余仍列为到期。</source>
        <translation>What was checked is recorded, the rest stays due.</translation>
    </message>
    <message>
        <source>请检查网络和磁盘后再试。</source>
        <translation>Check network and disk and try again.</translation>
    </message>
    <message>
        <source>巡检没有做：本机像是断网了。</source>
        <translation>Not checked: this computer seems to have lost its network.</translation>
    </message>
    <message>
        <source>许多网站没有一个应答，所以什么也没有记，条目仍列为到期。</source>
        <translation>Of many sites not one answered, so nothing was recorded, and the entries stay due.</translation>
    </message>
    <message>
        <source>请检查本机的网络和域名服务后再试。</source>
        <translation>Look at this computer&apos;s network and name service, then try again.</translation>
    </message>
    <message>
        <source>巡检没有开始：手机有人在用，或正在取证。</source>
        <translation>The check did not begin: the phone is in use, or a capture runs. </translation>
    </message>
    <message>
        <source>请换一台手机，或等对方结束后再试；也可以不用手机，只查有网址的。</source>
        <translation>Choose another phone or wait until it is free; or check without a phone what has a web address.</translation>
    </message>
    <message>
        <source>巡检没有开始：没有手机脚本，或找不到这台手机和它要用的服务端文件。</source>
        <translation>The check did not begin: there are no scripts for the phone, or the phone or its server file was not found. </translation>
    </message>
    <message>
        <source>请看下面的说明；没有脚本的先导入，也可以不用手机，只查有网址的。</source>
        <translation>See the detail below; import scripts first when there are none, or check without a phone what has a web address.</translation>
    </message>
    <message>
        <source>巡检没有开始：手机脚本不合要求。</source>
        <translation>The check did not begin: the scripts for the phone are not valid. </translation>
    </message>
    <message>
        <source>请按下面的说明改正脚本，重新导入。</source>
        <translation>Correct the scripts as told below and import them again.</translation>
    </message>
    <message>
        <source>巡检没有开始：手机或它的节点连不上。</source>
        <translation>The check did not begin: the phone or its node cannot be reached. </translation>
    </message>
    <message>
        <source>请检查数据线和网络后再试；也可以不用手机，只查有网址的。</source>
        <translation>Check cable and network and try again; or check without a phone what has a web address.</translation>
    </message>
    <message>
        <source>手机脚本没有导入：没有执法人员登录，或文件不让读。</source>
        <translation>The scripts were not imported: no officer is logged in, or the file may not be read. </translation>
    </message>
    <message>
        <source>原来的脚本没有改动。</source>
        <translation>The scripts that are there were not changed. </translation>
    </message>
    <message>
        <source>请登录或检查文件权限后再试。</source>
        <translation>Log in, or check the file&apos;s permissions, and try again.</translation>
    </message>
    <message>
        <source>手机脚本没有导入：没有这个文件。</source>
        <translation>The scripts were not imported: there is no such file. </translation>
    </message>
    <message>
        <source>手机脚本没有导入：它是更新版本的程序写的。</source>
        <translation>The scripts were not imported: a newer program wrote them. </translation>
    </message>
    <message>
        <source>请升级本程序后再试。</source>
        <translation>Update this program and try again.</translation>
    </message>
    <message>
        <source>手机脚本没有导入：文件不合要求。</source>
        <translation>The scripts were not imported: the file is not valid. </translation>
    </message>
    <message>
        <source>请把下面的说明告诉写脚本的人，改正后再导入。</source>
        <translation>Tell whoever wrote them what stands below, and import the corrected file.</translation>
    </message>
    <message>
        <source>代码表没有导入：没有执法人员登录，或文件不让读。</source>
        <translation>The code table was not imported: no officer is logged in, or the file may not be read. </translation>
    </message>
    <message>
        <source>原来的代码表没有改动。</source>
        <translation>The code table that is there was not changed. </translation>
    </message>
    <message>
        <source>没有找到文件，或没有这张代码表。</source>
        <translation>The file was not found, or there is no such code table. </translation>
    </message>
    <message>
        <source>代码表没有改动。</source>
        <translation>Code tables were not changed. </translation>
    </message>
    <message>
        <source>代码表没有导入：文件里有一行不对。</source>
        <translation>The code table was not imported: a row of the file is wrong. </translation>
    </message>
    <message>
        <source>一行也没有导入，原来的代码表没有改动。</source>
        <translation>Not one row was imported; the code table that is there was not changed. </translation>
    </message>
    <message>
        <source>请按下面的说明改正那一行，再读取。</source>
        <translation>Correct that row as told below and read the file again.</translation>
    </message>
    <message>
        <source>代码表没有导入，或读不出来。</source>
        <translation>The code table was not imported, or cannot be read. </translation>
    </message>
    <message>
        <source>没有标识：没有执法人员登录。</source>
        <translation>Nothing was marked: no officer is logged in. </translation>
    </message>
    <message>
        <source>没有标识：正在导入，或正在撤销。</source>
        <translation>Nothing was marked: an import or an undo is under way. </translation>
    </message>
    <message>
        <source>请等它结束后再试。</source>
        <translation>Wait until it has ended and try again.</translation>
    </message>
    <message>
        <source>一个主体也没有标识。</source>
        <translation>Not one subject was marked. </translation>
    </message>
    <message>
        <source>没有标识。</source>
        <translation>Nothing was marked. </translation>
    </message>
</context>
<context>
    <name>guzheng::Application</name>
    <message>
        <source>练习手机正在启动，几秒钟后出现在这里…</source>
        <translation>The training phone is starting; it appears here in a few seconds…</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::AfterPanel</name>
    <message>
        <source>待时间戳</source>
        <translation>To be stamped</translation>
    </message>
    <message>
        <source>复核…</source>
        <translation>Review…</translation>
    </message>
    <message>
        <source>复核</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>补签</source>
        <translation>Sign later</translation>
    </message>
    <message>
        <source>补盖时间戳</source>
        <translation>Fetch time stamps</translation>
    </message>
    <message>
        <source>续期时间戳</source>
        <translation>Renew time stamps</translation>
    </message>
    <message>
        <source>时间戳机构的证书到期之前，请仍受信任的机构对全部文件再盖一次时间戳</source>
        <translation>Before an authority&apos;s certificate expires, one that is still trusted stamps everything once more</translation>
    </message>
    <message>
        <source>核验证明</source>
        <translation>Certificate</translation>
    </message>
    <message>
        <source>等谁补签</source>
        <translation>Who signs later</translation>
    </message>
    <message>
        <source>复核结论</source>
        <translation>Review result</translation>
    </message>
    <message>
        <source>时间戳列表</source>
        <translation>Time stamps</translation>
    </message>
    <message>
        <source>设备自动记录的内容，经执法人员复核后才能作为证据（行政处罚法第四十一条）。请先看录像、截图和日志，再写结论；写下的记录不能改，只能再复核一次。</source>
        <translation>What equipment recorded by itself is evidence only after an officer has reviewed it (Administrative Penalty Law, article 41). Look at recording, screenshots and journal first; a record cannot be changed, only followed by another review.</translation>
    </message>
    <message>
        <source>确认</source>
        <translation>Confirm</translation>
    </message>
    <message>
        <source>复核结果 确认</source>
        <translation>Review result confirmed</translation>
    </message>
    <message>
        <source>不予确认</source>
        <translation>Refuse</translation>
    </message>
    <message>
        <source>复核结果 不予确认</source>
        <translation>Review result refused</translation>
    </message>
    <message>
        <source>复核理由</source>
        <translation>Review reason</translation>
    </message>
    <message>
        <source>看了什么、看出什么 *</source>
        <translation>What was looked at, and what was found *</translation>
    </message>
    <message>
        <source>写入复核记录</source>
        <translation>Record the review</translation>
    </message>
    <message>
        <source>等 %1 补签</source>
        <translation>Waiting for the signature of %1</translation>
    </message>
    <message>
        <source>待复核：设备自动取证，还没有执法人员看过</source>
        <translation>To be reviewed: captured automatically, no officer has looked at it yet</translation>
    </message>
    <message>
        <source>复核 %1：%2 · %3 · %4</source>
        <translation>Review %1: %2 · %3 · %4</translation>
    </message>
    <message>
        <source>标注副本</source>
        <translation>Annotated copies</translation>
    </message>
    <message>
        <source>在截图的副本上画方框、箭头，写短句，随新一版报告出具；截图本身不变</source>
        <translation>Draw frames, arrows and short text on copies of shots; they come with a new edition of the report. The shots stay as they are.</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::AnalysisChart</name>
    <message>
        <source>%1 行，共 %2 条结果；逐行数字见表</source>
        <translation>%1 rows, %2 results in all; the numbers of each row stand in the table</translation>
    </message>
    <message>
        <source>确认违法</source>
        <translation>Violation confirmed</translation>
    </message>
    <message>
        <source>无违法</source>
        <translation>No violation</translation>
    </message>
    <message>
        <source>并案</source>
        <translation>Merged</translation>
    </message>
    <message>
        <source>在办</source>
        <translation>Open</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::AnalysisView</name>
    <message>
        <source>不限</source>
        <translation>No limit</translation>
    </message>
    <message>
        <source>分析消息</source>
        <translation>Analysis messages</translation>
    </message>
    <message>
        <source>任务</source>
        <translation>Task</translation>
    </message>
    <message>
        <source>办理单位</source>
        <translation>Handling unit</translation>
    </message>
    <message>
        <source>违法表现</source>
        <translation>Violation</translation>
    </message>
    <message>
        <source>平台</source>
        <translation>Platform</translation>
    </message>
    <message>
        <source>业务领域</source>
        <translation>Business field</translation>
    </message>
    <message>
        <source>月份</source>
        <translation>Month</translation>
    </message>
    <message>
        <source>分析 按%1</source>
        <translation>Analysis by %1</translation>
    </message>
    <message>
        <source>分析 任务</source>
        <translation>Analysis task</translation>
    </message>
    <message>
        <source>分析 单位</source>
        <translation>Analysis unit</translation>
    </message>
    <message>
        <source>全部任务</source>
        <translation>All tasks</translation>
    </message>
    <message>
        <source>全部单位</source>
        <translation>All units</translation>
    </message>
    <message>
        <source>分析 自</source>
        <translation>Analysis from</translation>
    </message>
    <message>
        <source>分析 至</source>
        <translation>Analysis until</translation>
    </message>
    <message>
        <source>发现日 自</source>
        <translation>Found from</translation>
    </message>
    <message>
        <source>至</source>
        <translation>until</translation>
    </message>
    <message>
        <source>导出表格…</source>
        <translation>Export table…</translation>
    </message>
    <message>
        <source>导出分析表格</source>
        <translation>Export the analysis table</translation>
    </message>
    <message>
        <source>打印成 PDF…</source>
        <translation>Print to PDF…</translation>
    </message>
    <message>
        <source>打印分析</source>
        <translation>Print the analysis</translation>
    </message>
    <message>
        <source>统计</source>
        <translation>Figures</translation>
    </message>
    <message>
        <source>分析 合计</source>
        <translation>Analysis total</translation>
    </message>
    <message>
        <source>分析统计图</source>
        <translation>Analysis chart</translation>
    </message>
    <message>
        <source>分析统计表</source>
        <translation>Analysis table</translation>
    </message>
    <message>
        <source>经营主体风险</source>
        <translation>Risk of subjects</translation>
    </message>
    <message>
        <source>经营主体风险列表</source>
        <translation>List of subjects by risk</translation>
    </message>
    <message>
        <source>风险规则</source>
        <translation>Risk rule</translation>
    </message>
    <message>
        <source>标签建议</source>
        <translation>Proposed tags</translation>
    </message>
    <message>
        <source>应用勾选的</source>
        <translation>Apply the ticked</translation>
    </message>
    <message>
        <source>应用标签建议</source>
        <translation>Apply proposed tags</translation>
    </message>
    <message>
        <source>写入主体库，可在主体页撤销</source>
        <translation>Goes into the subject library; page Subjects can undo it</translation>
    </message>
    <message>
        <source>标签建议表</source>
        <translation>Table of proposed tags</translation>
    </message>
    <message>
        <source>经营主体</source>
        <translation>Subject</translation>
    </message>
    <message>
        <source>标签</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>依据</source>
        <translation>Based on</translation>
    </message>
    <message>
        <source>标签建议说明</source>
        <translation>About the proposed tags</translation>
    </message>
    <message>
        <source>风险没有算出来</source>
        <translation>The risk could not be worked out</translation>
    </message>
    <message>
        <source>标签建议没有算出来</source>
        <translation>The proposed tags could not be worked out</translation>
    </message>
    <message>
        <source>统计没有算出来</source>
        <translation>The figures could not be worked out</translation>
    </message>
    <message>
        <source>（%1）。任务、结果和证据没有变；请稍后再试，仍不行时请管理员运行 guzheng-evidence tasks check。</source>
        <translation> (%1). Tasks, results and evidence are unchanged. Try again later; if it fails again, ask the administrator to run guzheng-evidence tasks check.</translation>
    </message>
    <message>
        <source>结果</source>
        <translation>Results</translation>
    </message>
    <message>
        <source>在办</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>确认违法</source>
        <translation>Violation confirmed</translation>
    </message>
    <message>
        <source>无违法</source>
        <translation>No violation</translation>
    </message>
    <message>
        <source>并案</source>
        <translation>Merged</translation>
    </message>
    <message>
        <source>按期</source>
        <translation>In time</translation>
    </message>
    <message>
        <source>逾期办结</source>
        <translation>Closed late</translation>
    </message>
    <message>
        <source>逾期在办</source>
        <translation>Overdue</translation>
    </message>
    <message>
        <source>按期率</source>
        <translation>In time %</translation>
    </message>
    <message>
        <source>未填</source>
        <translation>Not filled in</translation>
    </message>
    <message>
        <source>没有符合条件的结果</source>
        <translation>No results fit</translation>
    </message>
    <message>
        <source>%1 行 · 结果 %2 · 在办 %3 · 逾期 %4</source>
        <translation>%1 rows · %2 results · %3 open · %4 overdue</translation>
    </message>
    <message>
        <source>%1 分</source>
        <translation>%1 points</translation>
    </message>
    <message>
        <source>高 </source>
        <translation>High </translation>
    </message>
    <message>
        <source>中 </source>
        <translation>Middle </translation>
    </message>
    <message>
        <source>低 </source>
        <translation>Low </translation>
    </message>
    <message>
        <source>未关联主体库</source>
        <translation>Not linked to the library</translation>
    </message>
    <message>
        <source>没有计得风险分的主体。</source>
        <translation>No subject has risk points. </translation>
    </message>
    <message>
        <source>规则：</source>
        <translation>Rule: </translation>
    </message>
    <message>
        <source>加 </source>
        <translation>Add </translation>
    </message>
    <message>
        <source>去 </source>
        <translation>Take off </translation>
    </message>
    <message>
        <source>确认 %1，无违法 %2</source>
        <translation>%1 confirmed, %2 cleared</translation>
    </message>
    <message>
        <source>没有新的建议：主体库的标签与已确认的结果一致。</source>
        <translation>Nothing new to propose: the library&apos;s tags agree with what was confirmed.</translation>
    </message>
    <message>
        <source>另有 %1 条已确认的违法没有关联主体，关联后才有建议。</source>
        <translation>%1 confirmed violations are not linked to a subject; once linked they are proposed too.</translation>
    </message>
    <message>
        <source>%1 个关联的主体已不在主体库。</source>
        <translation>%1 linked subjects are no longer in the library.</translation>
    </message>
    <message>
        <source>标签没有全部写入主体库</source>
        <translation>Not all tags could be written to the library</translation>
    </message>
    <message>
        <source>%1 条标签建议已写入主体库；在主体页可撤销。</source>
        <translation>%1 proposed tags are in the subject library; page Subjects can undo it.</translation>
    </message>
    <message>
        <source>监测分析</source>
        <translation>Monitoring analysis</translation>
    </message>
    <message>
        <source>表格 (*.xlsx *.csv)</source>
        <translation>Tables (*.xlsx *.csv)</translation>
    </message>
    <message>
        <source>表格没有写成</source>
        <translation>The table could not be written</translation>
    </message>
    <message>
        <source>已导出 %1</source>
        <translation>Exported %1</translation>
    </message>
    <message>
        <source>PDF 没有打印成</source>
        <translation>The PDF could not be printed</translation>
    </message>
    <message>
        <source>已打印到 %1</source>
        <translation>Printed to %1</translation>
    </message>
    <message>
        <source>正在排版…</source>
        <translation>Laying out…</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::BaselineView</name>
    <message>
        <source>应用基线消息</source>
        <translation>Message on the baseline of apps</translation>
    </message>
    <message>
        <source>签名不成立，安装包被改动过：%1</source>
        <translation>The signature does not hold, the package was changed: %1</translation>
    </message>
    <message>
        <source>没有签名，或找不到这个文件：%1</source>
        <translation>Not signed, or there is no such file: %1</translation>
    </message>
    <message>
        <source>不能核对：%1</source>
        <translation>Cannot be checked: %1</translation>
    </message>
    <message>
        <source>应用证书基线</source>
        <translation>Baseline of app certificates</translation>
    </message>
    <message>
        <source>基线来源</source>
        <translation>Where the baseline comes from</translation>
    </message>
    <message>
        <source>查找应用或证书</source>
        <translation>Find an app or certificate</translation>
    </message>
    <message>
        <source>包名或证书指纹的一部分</source>
        <translation>Part of a package name or fingerprint</translation>
    </message>
    <message>
        <source>核对安装包</source>
        <translation>Check a package file</translation>
    </message>
    <message>
        <source>从应用官网或应用商店取得的安装包（.apk），看它由谁签名，与基线是否相同。</source>
        <translation>A package file (.apk) from the maker&apos;s site or a store: who signed it, and does the baseline say the same?</translation>
    </message>
    <message>
        <source>选择安装包…</source>
        <translation>Choose a package file…</translation>
    </message>
    <message>
        <source>核对结果</source>
        <translation>Result of the check</translation>
    </message>
    <message>
        <source>证书指纹</source>
        <translation>Fingerprint of the certificate</translation>
    </message>
    <message>
        <source>证书的 SHA-256</source>
        <translation>SHA-256 of the certificate</translation>
    </message>
    <message>
        <source>要登记新的应用或换过的证书，请策略管理人在基线文件中加一行：包名、空格、证书的 SHA-256。</source>
        <translation>To enter a new app or a changed certificate, whoever keeps the policy adds a line to the baseline file: package name, blank, SHA-256 of the certificate.</translation>
    </message>
    <message>
        <source>没有基线：应用验真只能核对签名是否有效。策略文件的 app_baseline 一行指出基线文件。</source>
        <translation>No baseline: of an app only the validity of its signature can be checked. The policy&apos;s line app_baseline names the file.</translation>
    </message>
    <message>
        <source>%1：%2 个应用，%3 个证书</source>
        <translation>%1: %2 apps, %3 certificates</translation>
    </message>
    <message>
        <source>练习台自带</source>
        <translation>part of the practice desk</translation>
    </message>
    <message>
        <source>选择安装包</source>
        <translation>Choose a package file</translation>
    </message>
    <message>
        <source>安装包 (*.apk)</source>
        <translation>Packages (*.apk)</translation>
    </message>
    <message>
        <source>正在核对…</source>
        <translation>Checking…</translation>
    </message>
    <message>
        <source>%1：签名有效（%2），签名人不在基线中。</source>
        <translation>%1: signature valid (%2), its signer is not in the baseline.</translation>
    </message>
    <message>
        <source>%1：签名有效（%2），与基线中的 %3 相同。</source>
        <translation>%1: signature valid (%2), the same as the baseline has for %3.</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>安装包路径</source>
        <translation>Path of the package file</translation>
    </message>
    <message>
        <source>路径，回车核对</source>
        <translation>Path; Enter checks it</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::BrowseView</name>
    <message>
        <source>搜索主体</source>
        <translation>Search subjects</translation>
    </message>
    <message>
        <source>名称、简称、信用代码、店铺、地址、拼音首字母</source>
        <translation>Name, short name, credit code, shop, address, pinyin initials</translation>
    </message>
    <message>
        <source>清空搜索</source>
        <translation>Clear search</translation>
    </message>
    <message>
        <source>筛选</source>
        <translation>Filters</translation>
    </message>
    <message>
        <source>显示筛选</source>
        <translation>Show filters</translation>
    </message>
    <message>
        <source>匹配数</source>
        <translation>Number of matches</translation>
    </message>
    <message>
        <source>主体总数</source>
        <translation>Number of subjects</translation>
    </message>
    <message>
        <source>索引进度</source>
        <translation>Index progress</translation>
    </message>
    <message>
        <source>搜索用时</source>
        <translation>Search time</translation>
    </message>
    <message>
        <source>新主体</source>
        <translation>New subject</translation>
    </message>
    <message>
        <source>导入</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>导入主体</source>
        <translation>Import subjects</translation>
    </message>
    <message>
        <source>标签库</source>
        <translation>Tag library</translation>
    </message>
    <message>
        <source>没有结果</source>
        <translation>No results</translation>
    </message>
    <message>
        <source>已选主体</source>
        <translation>Ticked subjects</translation>
    </message>
    <message>
        <source>取消选择</source>
        <translation>Untick</translation>
    </message>
    <message>
        <source>撤销</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>撤销上一步</source>
        <translation>Undo the last step</translation>
    </message>
    <message>
        <source>加标签</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>成批加标签</source>
        <translation>Tag in bulk</translation>
    </message>
    <message>
        <source>导出</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>导出主体</source>
        <translation>Export subjects</translation>
    </message>
    <message>
        <source>发起取证</source>
        <translation>Start capture</translation>
    </message>
    <message>
        <source>对所选主体发起取证</source>
        <translation>Start capture of the chosen subject</translation>
    </message>
    <message>
        <source>正在打开主体库…</source>
        <translation>Opening the subject library…</translation>
    </message>
    <message>
        <source>%1 个匹配</source>
        <translation>%1 matches</translation>
    </message>
    <message>
        <source>%1 个主体</source>
        <translation>%1 subjects</translation>
    </message>
    <message>
        <source>共 %1 个主体</source>
        <translation>of %1 subjects</translation>
    </message>
    <message>
        <source>索引还差 %1 个</source>
        <translation>Index: %1 to come</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>主体库是空的。点“导入”从表格导入，或点“新主体”。</source>
        <translation>The library is empty. Press Import for a table, or New subject.</translation>
    </message>
    <message>
        <source>没有找到。可以少打几个字，或清除筛选。</source>
        <translation>Nothing found. Type fewer characters, or clear the filters.</translation>
    </message>
    <message>
        <source>新导入的还在编索引，稍后能搜到。</source>
        <translation> What was just imported is being indexed and will be found soon.</translation>
    </message>
    <message>
        <source>已选 %1 个</source>
        <translation>%1 ticked</translation>
    </message>
    <message>
        <source>↑↓ 选择   Enter 打开   空格 多选</source>
        <translation>↑↓ choose   Enter opens   Space ticks</translation>
    </message>
    <message>
        <source>通知</source>
        <translation>Notices</translation>
    </message>
    <message>
        <source>主体通知</source>
        <translation>Subject notices</translation>
    </message>
    <message>
        <source>巡检</source>
        <translation>Check</translation>
    </message>
    <message>
        <source>巡检店铺账号</source>
        <translation>Check shops and accounts</translation>
    </message>
    <message>
        <source>推送</source>
        <translation>Push</translation>
    </message>
    <message>
        <source>推送主体</source>
        <translation>Push subjects</translation>
    </message>
    <message>
        <source>通知 %1</source>
        <translation>Notices %1</translation>
    </message>
    <message>
        <source>%1 条未读</source>
        <translation>%1 unread</translation>
    </message>
    <message>
        <source>标识</source>
        <translation>Marks</translation>
    </message>
    <message>
        <source>标识主体</source>
        <translation>Mark subjects</translation>
    </message>
    <message>
        <source>数据级别和数据地域</source>
        <translation>Data level and data region</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::BulkWindow</name>
    <message>
        <source>批量分派</source>
        <translation>Bulk dispatch</translation>
    </message>
    <message>
        <source>签名并分派</source>
        <translation>Sign and dispatch</translation>
    </message>
    <message>
        <source>承办单位</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>承办单位 *</source>
        <translation>Unit *</translation>
    </message>
    <message>
        <source>结果 %1  %2 · %3</source>
        <translation>Result %1  %2 · %3</translation>
    </message>
    <message>
        <source>批量分派 结果 %1</source>
        <translation>Bulk dispatch result %1</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::CapturePage</name>
    <message>
        <source>远程取证</source>
        <translation>Capture</translation>
    </message>
    <message>
        <source>远程取证 · %1</source>
        <translation>Capture · %1</translation>
    </message>
    <message>
        <source>取证中消息</source>
        <translation>Message while capturing</translation>
    </message>
    <message>
        <source>本次取证</source>
        <translation>This capture</translation>
    </message>
    <message>
        <source>证据时间线</source>
        <translation>Evidence timeline</translation>
    </message>
    <message>
        <source>左栏显示 </source>
        <translation>Left column shows </translation>
    </message>
    <message>
        <source>并行取证 · %1</source>
        <translation>Parallel capture · %1</translation>
    </message>
    <message>
        <source>正在取证，没有换主体。请先“结束并封存”，再从主体发起取证。</source>
        <translation>A capture is running, the subject was not changed. End and seal it first, then start from the subject.</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::CareWindow</name>
    <message>
        <source>证据库体检</source>
        <translation>Vault check-up</translation>
    </message>
    <message>
        <source>证据库体检消息</source>
        <translation>Vault check-up messages</translation>
    </message>
    <message>
        <source>副本与证据库一致。</source>
        <translation>The second copy is in step.</translation>
    </message>
    <message>
        <source>已更新副本：%1 个证据包。</source>
        <translation>The copy was updated: %1 packages.</translation>
    </message>
    <message>
        <source>复查</source>
        <translation>Scrub</translation>
    </message>
    <message>
        <source>定期复查</source>
        <translation>Regular scrub</translation>
    </message>
    <message>
        <source>复查原因</source>
        <translation>Scrub reason</translation>
    </message>
    <message>
        <source>不写原因：不打开证据，只核对密文</source>
        <translation>Without a reason nothing is opened; only encrypted parts are checked</translation>
    </message>
    <message>
        <source>开始复查</source>
        <translation>Start the scrub</translation>
    </message>
    <message>
        <source>打开证据的原因</source>
        <translation>Why evidence is opened</translation>
    </message>
    <message>
        <source>逐个打开证据包，核对每个文件；有副本时，用好的一份修复坏的一份。每打开一个都记入操作日志。可随时停止，下次从停下处继续。</source>
        <translation>Opens package by package and checks every file; where there is a second copy, the good one repairs the bad one. Each opening goes to the operation log. It may be stopped at any time and goes on from there.</translation>
    </message>
    <message>
        <source>复查进度</source>
        <translation>Scrub progress</translation>
    </message>
    <message>
        <source>复查状态</source>
        <translation>Scrub state</translation>
    </message>
    <message>
        <source>复查结果</source>
        <translation>Scrub results</translation>
    </message>
    <message>
        <source>副本</source>
        <translation>Second copy</translation>
    </message>
    <message>
        <source>正在查看…</source>
        <translation>Looking…</translation>
    </message>
    <message>
        <source>副本状态</source>
        <translation>Second copy state</translation>
    </message>
    <message>
        <source>更新副本</source>
        <translation>Update the copy</translation>
    </message>
    <message>
        <source>检查结果</source>
        <translation>Findings</translation>
    </message>
    <message>
        <source>再查一次</source>
        <translation>Check again</translation>
    </message>
    <message>
        <source>体检结果</source>
        <translation>Check-up findings</translation>
    </message>
    <message>
        <source>停止</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>停止复查</source>
        <translation>Stop the scrub</translation>
    </message>
    <message>
        <source>正在等前面的工作做完…</source>
        <translation>Waiting for the work before it…</translation>
    </message>
    <message>
        <source>第 %1 / %2 个包 %3 · %4 / %5%6</source>
        <translation>Package %1 of %2 %3 · %4 / %5%6</translation>
    </message>
    <message>
        <source>复查完成：%1 个证据包，修复 %2 个，损坏或不见 %3 个。</source>
        <translation>Scrubbed: %1 packages, %2 repaired, %3 damaged or gone. </translation>
    </message>
    <message>
        <source>没有副本：证据只有一份。</source>
        <translation>No second copy: evidence is kept once only.</translation>
    </message>
    <message>
        <source>副本在 %1，介质不在。</source>
        <translation>The copy is at %1; its medium is away.</translation>
    </message>
    <message>
        <source>副本在 %1，与证据库一致。</source>
        <translation>The copy at %1 is in step.</translation>
    </message>
    <message>
        <source>副本在 %1，差 %2 个证据包。</source>
        <translation>The copy at %1 lacks %2 packages.</translation>
    </message>
    <message>
        <source>证据库中已不见的 %1 个从副本取回。</source>
        <translation> %1 that were gone from the vault came back from the copy.</translation>
    </message>
    <message>
        <source>副本还缺 %1 个，请补齐副本。</source>
        <translation> The copy still lacks %1: catch it up.</translation>
    </message>
    <message>
        <source>没有查看副本：介质不在或不属于本证据库。</source>
        <translation> The copy was not looked at: its medium is away, or another vault&apos;s.</translation>
    </message>
    <message>
        <source>另有 %1 个由 %2 开始、中途停下的那次查看过，这次没有再看。</source>
        <translation> %1 more were looked at by the run that began at %2 and was stopped; this one left them out.</translation>
    </message>
    <message>
        <source>结果没有记入目录。</source>
        <translation> The results could not be noted in the catalogue.</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::CheckView</name>
    <message>
        <source>工作站</source>
        <translation>Workstation</translation>
    </message>
    <message>
        <source>节点</source>
        <translation>Node</translation>
    </message>
    <message>
        <source>手机</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>应用</source>
        <translation>App</translation>
    </message>
    <message>
        <source>选中手机后自动检测工作站、节点、手机和前台应用。</source>
        <translation>Workstation, node, phone and the app in front are checked as soon as a phone is chosen.</translation>
    </message>
    <message>
        <source>正在检测取证环境…</source>
        <translation>Checking the environment…</translation>
    </message>
    <message>
        <source>%1 检测，用时 %2 秒：通过 %3 项，提示 %4 项，不符 %5 项，无法判定 %6 项</source>
        <translation>Checked at %1 in %2 s: %3 passed, %4 noted, %5 failed, %6 cannot be told</translation>
    </message>
    <message>
        <source>环境检测结果</source>
        <translation>Environment check result</translation>
    </message>
    <message>
        <source>重新检测</source>
        <translation>Check again</translation>
    </message>
    <message>
        <source>重新检测环境</source>
        <translation>Check the environment again</translation>
    </message>
    <message>
        <source>不符的必检项</source>
        <translation>Compulsory items that failed</translation>
    </message>
    <message>
        <source>%1
应为：%2</source>
        <translation>%1
Expected: %2</translation>
    </message>
    <message>
        <source>仍要取证</source>
        <translation>Capture nevertheless</translation>
    </message>
    <message>
        <source>检测项 </source>
        <translation>Item </translation>
    </message>
    <message>
        <source>：</source>
        <translation>: </translation>
    </message>
    <message>
        <source>%1：%2，应为：%3</source>
        <translation>%1: %2, expected: %3</translation>
    </message>
    <message>
        <source>。</source>
        <translation>.</translation>
    </message>
    <message>
        <source>仍要取证的理由 </source>
        <translation>Reason to capture nevertheless </translation>
    </message>
    <message>
        <source>仍要取证的理由（记入日志，印在报告首页）</source>
        <translation>Reason to capture nevertheless (journalled, printed on the report&apos;s first page)</translation>
    </message>
    <message>
        <source>仍要取证 </source>
        <translation>Capture nevertheless </translation>
    </message>
    <message>
        <source>仍要取证，理由：%1</source>
        <translation>Captured nevertheless, reason: %1</translation>
    </message>
    <message>
        <source>撤回</source>
        <translation>Take back</translation>
    </message>
    <message>
        <source>撤回 </source>
        <translation>Take back </translation>
    </message>
</context>
<context>
    <name>guzheng::ui::ChipField</name>
    <message>
        <source>输入后回车</source>
        <translation>type, then Enter</translation>
    </message>
    <message>
        <source>选文件…</source>
        <translation>File…</translation>
    </message>
    <message>
        <source> 选文件</source>
        <translation> choose file</translation>
    </message>
    <message>
        <source>点按去掉</source>
        <translation>click to take away</translation>
    </message>
    <message>
        <source>点按另存</source>
        <translation>Click to save a copy</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::ClipboardNote</name>
    <message>
        <source>…（共 %1 字）</source>
        <translation>… (%1 characters in all)</translation>
    </message>
    <message>
        <source>手机剪贴板</source>
        <translation>Phone clipboard</translation>
    </message>
    <message>
        <source>复制到本机</source>
        <translation>Copy to this computer</translation>
    </message>
    <message>
        <source>手机剪贴板复制到本机</source>
        <translation>Copy the phone&apos;s clipboard to this computer</translation>
    </message>
    <message>
        <source>放到这台计算机的剪贴板上，并写入取证日志</source>
        <translation>Puts it on this computer&apos;s clipboard and says so in the journal</translation>
    </message>
    <message>
        <source>不要</source>
        <translation>Leave it</translation>
    </message>
    <message>
        <source>不要手机剪贴板</source>
        <translation>Leave the phone&apos;s clipboard</translation>
    </message>
    <message>
        <source>%1 个字，密码输入中不显示</source>
        <translation>%1 characters, not shown in password mode</translation>
    </message>
    <message>
        <source>手机剪贴板：%1</source>
        <translation>Phone&apos;s clipboard: %1</translation>
    </message>
    <message>
        <source>%1 的剪贴板：%2</source>
        <translation>Clipboard of %1: %2</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::ClueForm</name>
    <message>
        <source>登记线索</source>
        <translation>Enter clue</translation>
    </message>
    <message>
        <source>登记</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>线索来源</source>
        <translation>Clue source</translation>
    </message>
    <message>
        <source>线索来源 *</source>
        <translation>Source *</translation>
    </message>
    <message>
        <source>来源单位或个人 *</source>
        <translation>From whom *</translation>
    </message>
    <message>
        <source>来源编号</source>
        <translation>Their number</translation>
    </message>
    <message>
        <source>投诉举报或移送的编号</source>
        <translation>number of the complaint or handover</translation>
    </message>
    <message>
        <source>登记线索 收到日期</source>
        <translation>Enter clue received</translation>
    </message>
    <message>
        <source>收到日期 *</source>
        <translation>Received *</translation>
    </message>
    <message>
        <source>登记线索 经营主体</source>
        <translation>Enter clue operator</translation>
    </message>
    <message>
        <source>经营主体</source>
        <translation>Operator</translation>
    </message>
    <message>
        <source>链接</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>内容 *</source>
        <translation>Content *</translation>
    </message>
    <message>
        <source>材料</source>
        <translation>Documents</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::CluesView</name>
    <message>
        <source>登记线索…</source>
        <translation>Enter clue…</translation>
    </message>
    <message>
        <source>登记线索</source>
        <translation>Enter clue</translation>
    </message>
    <message>
        <source>只看待研判</source>
        <translation>Open only</translation>
    </message>
    <message>
        <source>线索 只看待研判</source>
        <translation>Clues open only</translation>
    </message>
    <message>
        <source>线索列表</source>
        <translation>Clue list</translation>
    </message>
    <message>
        <source>没有待研判的线索。</source>
        <translation>No clue waits to be judged.</translation>
    </message>
    <message>
        <source>线索 内容</source>
        <translation>Clue content</translation>
    </message>
    <message>
        <source>经营主体不明</source>
        <translation>Operator unknown</translation>
    </message>
    <message>
        <source>线索 链接</source>
        <translation>Clue link</translation>
    </message>
    <message>
        <source>线索 材料 </source>
        <translation>Clue document </translation>
    </message>
</context>
<context>
    <name>guzheng::ui::CodesCard</name>
    <message>
        <source>代码表</source>
        <translation>Code tables</translation>
    </message>
    <message>
        <source>导入主体时用来核对地区和行业，只有名称的换成代码。</source>
        <translation>Imports of subjects hold regions and industries to them; a name alone becomes its code.</translation>
    </message>
    <message>
        <source>代码表列表</source>
        <translation>List of code tables</translation>
    </message>
    <message>
        <source>导入代码表…</source>
        <translation>Import a code table…</translation>
    </message>
    <message>
        <source>移除</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>移除代码表</source>
        <translation>Remove the code table</translation>
    </message>
    <message>
        <source>撤销</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>撤销代码表</source>
        <translation>Undo, code tables</translation>
    </message>
    <message>
        <source>已撤销上一步。</source>
        <translation>The last step was undone.</translation>
    </message>
    <message>
        <source>已导入 %1，%2 个代码，可以撤销。以后导入主体时按它核对。</source>
        <translation>%1 imported, %2 codes; this can be undone. Imports of subjects hold to it from now on.</translation>
    </message>
    <message>
        <source>已移除导入的地区代码表，改用随程序内置的，可以撤销。</source>
        <translation>The imported regions were removed and the built-in ones count again; this can be undone.</translation>
    </message>
    <message>
        <source>已移除 %1，可以撤销。</source>
        <translation>%1 removed; this can be undone.</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::CodesWindow</name>
    <message>
        <source>表头里没有“代码”和“名称”两列，也不是 门类、大类、中类、小类、类别名称</source>
        <translation>The header names neither 代码 and 名称 (code, name) nor 门类, 大类, 中类, 小类, 类别名称</translation>
    </message>
    <message>
        <source>缺代码（名称：%1）</source>
        <translation>The code is missing (name: %1)</translation>
    </message>
    <message>
        <source>缺名称（代码：%1）</source>
        <translation>The name is missing (code: %1)</translation>
    </message>
    <message>
        <source>代码 %1 重复</source>
        <translation>Code %1 stands twice</translation>
    </message>
    <message>
        <source>代码或名称太长</source>
        <translation>Code or name is too long</translation>
    </message>
    <message>
        <source>上面没有门类（代码：%1）</source>
        <translation>No 门类 stands above it (code: %1)</translation>
    </message>
    <message>
        <source>这一行读不出来：%1</source>
        <translation>This row cannot be read: %1</translation>
    </message>
    <message>
        <source>文件里没有代码</source>
        <translation>No codes in the file</translation>
    </message>
    <message>
        <source>超过 100 万个代码</source>
        <translation>More than a million codes</translation>
    </message>
    <message>
        <source>第 %1 行：%2</source>
        <translation>Row %1: %2</translation>
    </message>
    <message>
        <source>读不出来：%1</source>
        <translation>Cannot be read: %1</translation>
    </message>
    <message>
        <source>%1 个代码 · 随程序内置</source>
        <translation>%1 codes · built in</translation>
    </message>
    <message>
        <source>%1 个代码 · %2，%3 于 %4 导入</source>
        <translation>%1 codes · %2, imported by %3 at %4</translation>
    </message>
    <message>
        <source>%1 个代码 · 来源没有记录</source>
        <translation>%1 codes · source not recorded</translation>
    </message>
    <message>
        <source>地区 GB/T 2260</source>
        <translation>Regions GB/T 2260</translation>
    </message>
    <message>
        <source>行业 GB/T 4754</source>
        <translation>Industries GB/T 4754</translation>
    </message>
    <message>
        <source>市场监管专业代码 SG 3</source>
        <translation>Market supervision codes SG 3</translation>
    </message>
    <message>
        <source>导入代码表</source>
        <translation>Import a code table</translation>
    </message>
    <message>
        <source>代码表消息</source>
        <translation>Code table messages</translation>
    </message>
    <message>
        <source>代码表文件</source>
        <translation>File of the code table</translation>
    </message>
    <message>
        <source>CSV、XLSX 或 JSON Lines，两列“代码”“名称”；行业也可以照 GB/T 4754 的样子：门类、大类、中类、小类、类别名称。</source>
        <translation>CSV, XLSX or JSON Lines with the columns 代码 and 名称 (code, name); industries also as GB/T 4754 is printed: 门类, 大类, 中类, 小类, 类别名称.</translation>
    </message>
    <message>
        <source>其他</source>
        <translation>Other</translation>
    </message>
    <message>
        <source>代码表名</source>
        <translation>Name of the code table</translation>
    </message>
    <message>
        <source>清洗规则用的名字：小写字母、数字、连字符</source>
        <translation>Name for cleaning rules: small letters, digits, hyphens</translation>
    </message>
    <message>
        <source>作为</source>
        <translation>As</translation>
    </message>
    <message>
        <source>代码表文件路径</source>
        <translation>Path of the code table file</translation>
    </message>
    <message>
        <source>文件的完整路径</source>
        <translation>Full path of the file</translation>
    </message>
    <message>
        <source>浏览…</source>
        <translation>Browse…</translation>
    </message>
    <message>
        <source>浏览代码表文件</source>
        <translation>Browse for the code table file</translation>
    </message>
    <message>
        <source>读取并预览</source>
        <translation>Read and preview</translation>
    </message>
    <message>
        <source>读取代码表</source>
        <translation>Read the code table</translation>
    </message>
    <message>
        <source>表格 (*.csv *.txt *.tsv *.xlsx *.jsonl *.json);;所有文件 (*)</source>
        <translation>Tables (*.csv *.txt *.tsv *.xlsx *.jsonl *.json);;All files (*)</translation>
    </message>
    <message>
        <source>预览</source>
        <translation>Preview</translation>
    </message>
    <message>
        <source>还没有读取。</source>
        <translation>Not read yet.</translation>
    </message>
    <message>
        <source>代码表情况</source>
        <translation>State of the code table</translation>
    </message>
    <message>
        <source>代码表预览</source>
        <translation>Preview of the code table</translation>
    </message>
    <message>
        <source>读取之后这里列出代码；有错的行先列出来。</source>
        <translation>Its codes are listed here once it was read; rows that are wrong come first.</translation>
    </message>
    <message>
        <source>导入</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>导入这张代码表</source>
        <translation>Import this code table</translation>
    </message>
    <message>
        <source>%1 个代码，没有错误。与现用的相比：新增 %2，改名 %3，没有了 %4。</source>
        <translation>%1 codes, no mistakes. Compared with those in use: %2 new, %3 renamed, %4 left out. </translation>
    </message>
    <message>
        <source>%1 行有错，一行也不导入；其余 %2 个代码没有问题。改正文件后再读取。</source>
        <translation>%1 rows are wrong, and none is imported; the other %2 codes are good. Correct the file and read it again. </translation>
    </message>
    <message>
        <source>只列前 %1 个错误。</source>
        <translation>Only the first %1 mistakes are listed.</translation>
    </message>
    <message>
        <source>只列前 %1 个。</source>
        <translation>Only the first %1 are listed.</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::CopyCanvas</name>
    <message>
        <source>标注画面</source>
        <translation>Picture to annotate</translation>
    </message>
    <message>
        <source>没有画面</source>
        <translation>No picture</translation>
    </message>
    <message>
        <source>，起点 %1,%2</source>
        <translation>, begun at %1,%2</translation>
    </message>
    <message>
        <source>画面 %1×%2，光标 %3,%4%5，标记 %6 个</source>
        <translation>Picture %1×%2, cursor %3,%4%5, %6 marks</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::CopyWindow</name>
    <message>
        <source>标注副本 · %1</source>
        <translation>Annotated copies · %1</translation>
    </message>
    <message>
        <source>标注副本消息</source>
        <translation>Messages about annotated copies</translation>
    </message>
    <message>
        <source>画在副本上，原截图不变。保存后出具新一版报告，副本印在其中，写明原件的指纹，并与报告放在一起；以前各版不变。</source>
        <translation>You draw on a copy; the shot stays as it is. Saving makes a new edition of the report that prints the copy with its original&apos;s fingerprint and keeps it beside the report. Earlier editions do not change.</translation>
    </message>
    <message>
        <source>可标注的截图</source>
        <translation>Shots to annotate</translation>
    </message>
    <message>
        <source>还有没保存的标注：保存，或者再关一次，不保存。</source>
        <translation>There are marks that are not saved: save them, or close again without saving.</translation>
    </message>
    <message>
        <source>这个证据包里没有可以标注的图片。</source>
        <translation>This package has no picture to annotate.</translation>
    </message>
    <message>
        <source>方框</source>
        <translation>Frame</translation>
    </message>
    <message>
        <source>箭头</source>
        <translation>Arrow</translation>
    </message>
    <message>
        <source>文字</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>标注工具 </source>
        <translation>Tool </translation>
    </message>
    <message>
        <source>标注文字</source>
        <translation>Text of the mark</translation>
    </message>
    <message>
        <source>要写的字</source>
        <translation>What to write</translation>
    </message>
    <message>
        <source>撤销  Ctrl+Z</source>
        <translation>Undo  Ctrl+Z</translation>
    </message>
    <message>
        <source>撤销标注</source>
        <translation>Undo mark</translation>
    </message>
    <message>
        <source>鼠标拖动，或用键盘：方向键移动光标（Shift 为一个像素），回车定起点和终点，Esc 放弃。</source>
        <translation>Drag with the mouse, or use the keyboard: arrows move the cursor (Shift: one pixel), Enter begins and ends, Esc gives up.</translation>
    </message>
    <message>
        <source>保存并出具报告</source>
        <translation>Save and make report</translation>
    </message>
    <message>
        <source>保存标注副本</source>
        <translation>Save annotated copies</translation>
    </message>
    <message>
        <source>图 %1&#x3000;%2</source>
        <translation>Fig. %1  %2</translation>
    </message>
    <message>
        <source>标记 %1 个</source>
        <translation>%1 marks</translation>
    </message>
    <message>
        <source>正在出具报告…</source>
        <translation>Making the report…</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::CropDialog</name>
    <message>
        <source>裁取图片</source>
        <translation>Cut a picture</translation>
    </message>
    <message>
        <source>裁取画面</source>
        <translation>Page to cut from</translation>
    </message>
    <message>
        <source>裁取消息</source>
        <translation>Cutting messages</translation>
    </message>
    <message>
        <source>裁取图片的理由</source>
        <translation>Reason for cutting a picture</translation>
    </message>
    <message>
        <source>打开这份证据的理由，记入操作日志</source>
        <translation>Why this evidence is opened; for the operation log</translation>
    </message>
    <message>
        <source>打开截图</source>
        <translation>Open its screenshots</translation>
    </message>
    <message>
        <source>裁取说明</source>
        <translation>What to cut</translation>
    </message>
    <message>
        <source>图片名称</source>
        <translation>Name of the picture</translation>
    </message>
    <message>
        <source>图片名称，如：购物车图标</source>
        <translation>Name of the picture, such as: cart icon</translation>
    </message>
    <message>
        <source>用作这一步的图片</source>
        <translation>Use as this step&apos;s picture</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>裁下的图片是明文文件，不随证据包加密，只有本机的本用户可读。</source>
        <translation>What is cut out is a plain file, not encrypted with the package; only this user of this computer can read it.</translation>
    </message>
    <message>
        <source>截图 %1&#x3000;%2</source>
        <translation>Screenshot %1  %2</translation>
    </message>
    <message>
        <source>在画面上框出要找的部分：鼠标拖动，或方向键移动光标、Enter 定起点和终点。取小而有特征的图形，不要带价格和数字。</source>
        <translation>Frame on the page what is to be looked for: drag the mouse, or move the cross with the arrow keys and set begin and end with Enter. Take something small and distinctive, without prices or figures.</translation>
    </message>
    <message>
        <source>框出 %1×%2 像素；再框一次以新的为准。</source>
        <translation>%1×%2 pixels are framed; another frame replaces it.</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::DayBar</name>
    <message>
        <source>期限格</source>
        <translation>Deadline squares</translation>
    </message>
    <message>
        <source>共 %1 个工作日，%2</source>
        <translation>%1 working days, %2</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::DayLine</name>
    <message>
        <source>现在</source>
        <translation>now</translation>
    </message>
    <message>
        <source>%1 小时前</source>
        <translation>%1 h ago</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::DocumentRow</name>
    <message>
        <source>还没有</source>
        <translation>none yet</translation>
    </message>
    <message>
        <source> 文书</source>
        <translation> documents</translation>
    </message>
    <message>
        <source>添加文书…</source>
        <translation>Add documents…</translation>
    </message>
    <message>
        <source> 添加文书</source>
        <translation> add documents</translation>
    </message>
    <message>
        <source>添加文书</source>
        <translation>Add documents</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::EntryForm</name>
    <message>
        <source>修改店铺账号</source>
        <translation>Edit shop or account</translation>
    </message>
    <message>
        <source>新店铺账号</source>
        <translation>New shop or account</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>种类</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>名称 *</source>
        <translation>Name *</translation>
    </message>
    <message>
        <source>页面上显示的名称</source>
        <translation>As the page shows it</translation>
    </message>
    <message>
        <source>平台</source>
        <translation>Platform</translation>
    </message>
    <message>
        <source>应用、商城或网站的名称</source>
        <translation>Name of the app, mall or website</translation>
    </message>
    <message>
        <source>链接</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>网址或编号</source>
        <translation>Address or number</translation>
    </message>
    <message>
        <source>主营品类</source>
        <translation>Main category</translation>
    </message>
    <message>
        <source>监管单位</source>
        <translation>Supervising unit</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::EvidencePage</name>
    <message>
        <source>证据库消息</source>
        <translation>Vault message</translation>
    </message>
    <message>
        <source>%1 已恢复并封存，标为不完整。%2</source>
        <translation>%1 was recovered and sealed as incomplete. %2</translation>
    </message>
    <message>
        <source>日志 / 录屏</source>
        <translation>Journal / recording</translation>
    </message>
    <message>
        <source>换看日志或录屏</source>
        <translation>Switch between journal and recording</translation>
    </message>
    <message>
        <source>已导出到 %1，SHA-256 %2。移交记录已签名，在 %3，请与文件一起交付。</source>
        <translation>Exported to %1, SHA-256 %2. The signed hand-over record is %3: hand it over with the file.</translation>
    </message>
    <message>
        <source>已导入并封存：%1。</source>
        <translation>Imported and sealed: %1.</translation>
    </message>
    <message>
        <source>已导入并封存：%1，标为不完整。</source>
        <translation>Imported and sealed: %1, marked incomplete.</translation>
    </message>
    <message>
        <source>复核记录已写入：确认。</source>
        <translation>The review was recorded: confirmed. </translation>
    </message>
    <message>
        <source>复核记录已写入：不予确认。</source>
        <translation>The review was recorded: refused. </translation>
    </message>
    <message>
        <source>时间戳机构没有应答，请稍后再复核一次。</source>
        <translation>No authority answered; review once more later.</translation>
    </message>
    <message>
        <source>时间戳已齐，共 %1 枚。</source>
        <translation>All time stamps are there: %1.</translation>
    </message>
    <message>
        <source>仍缺 %1 枚时间戳：时间戳机构没有给出可用的时间戳，请稍后再试。</source>
        <translation>%1 time stamps are still missing: no authority gave one that can be used. Try again later.</translation>
    </message>
    <message>
        <source>已补签，并盖了时间戳。</source>
        <translation>Signed and stamped.</translation>
    </message>
    <message>
        <source>已补签，时间戳还没有取得：请稍后再点一次“补签”。</source>
        <translation>Signed; its time stamp is still to come: press “Sign later” again later.</translation>
    </message>
    <message>
        <source>已续期：%1 个文件列入，%2 枚新时间戳。</source>
        <translation>Renewed: %1 files listed, %2 new stamps.</translation>
    </message>
    <message>
        <source>已导出到 %1，SHA-256 %2。签名的移交记录、核验说明和 verify.sh 都在里面。</source>
        <translation>Exported to %1, SHA-256 %2. The signed hand-over record, the instructions and verify.sh are in it.</translation>
    </message>
    <message>
        <source>证据包还没有打开，不能在截图的副本上标注。</source>
        <translation>The package is not open yet, so that copies of its shots cannot be annotated.</translation>
    </message>
    <message>
        <source>中心：%1</source>
        <translation>central system: %1</translation>
    </message>
    <message>
        <source>中心：未同步</source>
        <translation>central system: not synced</translation>
    </message>
    <message>
        <source>%1 被中心系统拒收：%2</source>
        <translation>%1 was refused by the central system: %2</translation>
    </message>
    <message>
        <source>%1：%2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::ExportWindow</name>
    <message>
        <source>名称</source>
        <translation>Title</translation>
    </message>
    <message>
        <source>简称</source>
        <translation>Short name</translation>
    </message>
    <message>
        <source>信用代码</source>
        <translation>Credit code</translation>
    </message>
    <message>
        <source>注册号</source>
        <translation>Registration number</translation>
    </message>
    <message>
        <source>主体种类</source>
        <translation>Kind of subject</translation>
    </message>
    <message>
        <source>登记状态</source>
        <translation>Registered state</translation>
    </message>
    <message>
        <source>地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>地区代码</source>
        <translation>Region code</translation>
    </message>
    <message>
        <source>行业代码</source>
        <translation>Industry code</translation>
    </message>
    <message>
        <source>主营品类</source>
        <translation>Main category</translation>
    </message>
    <message>
        <source>监管单位</source>
        <translation>Supervising unit</translation>
    </message>
    <message>
        <source>标签</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>店铺账号</source>
        <translation>Shop or account</translation>
    </message>
    <message>
        <source>导出主体</source>
        <translation>Export subjects</translation>
    </message>
    <message>
        <source>导出消息</source>
        <translation>Messages of the export</translation>
    </message>
    <message>
        <source>导出成表格</source>
        <translation>Export as a table</translation>
    </message>
    <message>
        <source>一个主体一行，十三列，店铺账号一格里一个一行。电话和证件号码不在其中。导出记入操作日志。</source>
        <translation>One subject a row, thirteen columns; shops and accounts stand in one cell, one a line. Phone and identity numbers are not in it. The export stands in the operation log.</translation>
    </message>
    <message>
        <source>停下</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>停下导出</source>
        <translation>Stop the export</translation>
    </message>
    <message>
        <source>导出</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>开始导出</source>
        <translation>Begin the export</translation>
    </message>
    <message>
        <source>正在导出，已写 %1 个主体…</source>
        <translation>Exporting, %1 subjects written…</translation>
    </message>
    <message>
        <source>已导出 %1 个主体到 %2，记入操作日志。</source>
        <translation>%1 subjects exported to %2; it stands in the operation log.</translation>
    </message>
    <message>
        <source>选中的 %1 个</source>
        <translation>The %1 that are ticked</translation>
    </message>
    <message>
        <source>导出选中的</source>
        <translation>Export what is ticked</translation>
    </message>
    <message>
        <source>现在找到的全部：%1</source>
        <translation>All that is found now: %1</translation>
    </message>
    <message>
        <source>导出找到的全部</source>
        <translation>Export all that is found</translation>
    </message>
    <message>
        <source>CSV 文本表格</source>
        <translation>CSV text</translation>
    </message>
    <message>
        <source>XLSX 电子表格</source>
        <translation>XLSX spreadsheet</translation>
    </message>
    <message>
        <source>导出文件</source>
        <translation>Export file</translation>
    </message>
    <message>
        <source>文件的完整路径</source>
        <translation>Full path of the file</translation>
    </message>
    <message>
        <source>主体</source>
        <translation>Subjects</translation>
    </message>
    <message>
        <source>浏览…</source>
        <translation>Browse…</translation>
    </message>
    <message>
        <source>浏览导出文件</source>
        <translation>Browse for the export file</translation>
    </message>
    <message>
        <source>表格 (*.csv *.xlsx)</source>
        <translation>Tables (*.csv *.xlsx)</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::FilmPane</name>
    <message>
        <source>录像画面</source>
        <translation>Recorded picture</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::FilterCard</name>
    <message>
        <source>筛选</source>
        <translation>Filters</translation>
    </message>
    <message>
        <source>清除</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>清除筛选</source>
        <translation>Clear filters</translation>
    </message>
    <message>
        <source>保存筛选</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>已存筛选</source>
        <translation>Saved filters</translation>
    </message>
    <message>
        <source>删除已存筛选</source>
        <translation>Delete the saved filter</translation>
    </message>
    <message>
        <source>删除选中的已存筛选</source>
        <translation>Delete the chosen saved filter</translation>
    </message>
    <message>
        <source>筛选名称</source>
        <translation>Name of the filter</translation>
    </message>
    <message>
        <source>给它起个名称</source>
        <translation>Give it a name</translation>
    </message>
    <message>
        <source>存</source>
        <translation>Keep</translation>
    </message>
    <message>
        <source>存下筛选</source>
        <translation>Keep the filter</translation>
    </message>
    <message>
        <source>筛选组 </source>
        <translation>Filter group </translation>
    </message>
    <message>
        <source>更多筛选 </source>
        <translation>More filters </translation>
    </message>
    <message>
        <source>筛选 %1 %2</source>
        <translation>Filter %1 %2</translation>
    </message>
    <message>
        <source>收起</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>另有 %1 项</source>
        <translation>%1 more</translation>
    </message>
    <message>
        <source>已存的筛选…</source>
        <translation>Saved filters…</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::FormWindow</name>
    <message>
        <source>还没有</source>
        <translation>none yet</translation>
    </message>
    <message>
        <source>按规则建议的单位</source>
        <translation>Unit proposed by rule</translation>
    </message>
    <message>
        <source>采用建议</source>
        <translation>Take it</translation>
    </message>
    <message>
        <source>按规则建议：%1</source>
        <translation>By rule: %1</translation>
    </message>
    <message>
        <source>没有适用的规则</source>
        <translation>No rule fits</translation>
    </message>
    <message>
        <source> 消息</source>
        <translation> messages</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source> 取消</source>
        <translation> cancel</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::FullPane</name>
    <message>
        <source>手机画面</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>全屏说明</source>
        <translation>Full screen hint</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::GroupCardView</name>
    <message>
        <source>手机 %1 · %2</source>
        <translation>Phone %1 · %2</translation>
    </message>
    <message>
        <source>手机 %1 角色</source>
        <translation>Phone %1 role</translation>
    </message>
    <message>
        <source>手机 %1 账号</source>
        <translation>Phone %1 account</translation>
    </message>
    <message>
        <source>手机 %1 所在地</source>
        <translation>Phone %1 place</translation>
    </message>
    <message>
        <source>手机 %1 接在</source>
        <translation>Phone %1 attached to</translation>
    </message>
    <message>
        <source>手机 %1 电量</source>
        <translation>Phone %1 battery</translation>
    </message>
    <message>
        <source>手机 %1 对照</source>
        <translation>Phone %1 comparison</translation>
    </message>
    <message>
        <source>手机 %1 丢失的操作</source>
        <translation>Phone %1 lost inputs</translation>
    </message>
    <message>
        <source>手机 %1 状态</source>
        <translation>Phone %1 state</translation>
    </message>
    <message>
        <source>已停止</source>
        <translation>Stopped</translation>
    </message>
    <message>
        <source>主控</source>
        <translation>Leads</translation>
    </message>
    <message>
        <source>跟随</source>
        <translation>Follows</translation>
    </message>
    <message>
        <source>账号未填</source>
        <translation>Account not given</translation>
    </message>
    <message>
        <source>所在地未填</source>
        <translation>Place not given</translation>
    </message>
    <message>
        <source>本机</source>
        <translation>This computer</translation>
    </message>
    <message>
        <source>节点 %1</source>
        <translation>Node %1</translation>
    </message>
    <message>
        <source>电量 %1 %，建议充电</source>
        <translation>Battery %1 %, charge it</translation>
    </message>
    <message>
        <source>电量 %1 %</source>
        <translation>Battery %1 %</translation>
    </message>
    <message>
        <source>电量未知</source>
        <translation>Battery unknown</translation>
    </message>
    <message>
        <source>没有不同</source>
        <translation>No difference</translation>
    </message>
    <message>
        <source>≠ %1 处不同</source>
        <translation>≠ %1 differ</translation>
    </message>
    <message>
        <source>%1 次操作没有送到</source>
        <translation>%1 inputs not delivered</translation>
    </message>
    <message>
        <source>停止：%1</source>
        <translation>Stopped: %1</translation>
    </message>
    <message>
        <source>已录 %1 · 已取证 %2 张</source>
        <translation>Recorded %1 · %2 captured</translation>
    </message>
    <message>
        <source> · 已暂停操作</source>
        <translation> · inputs paused</translation>
    </message>
    <message>
        <source> · 录制中断</source>
        <translation> · recording interrupted</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::GroupChoice</name>
    <message>
        <source>并行取证：选择手机</source>
        <translation>Parallel capture: choose phones</translation>
    </message>
    <message>
        <source>参加并行取证的手机</source>
        <translation>Phones of the parallel capture</translation>
    </message>
    <message>
        <source>并行取证还缺</source>
        <translation>Still missing for the parallel capture</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>开始并行取证</source>
        <translation>Start parallel capture</translation>
    </message>
    <message>
        <source>能用而没有人在用的手机不到两部；接上另一部后列表会自己更新。</source>
        <translation>Fewer than two phones are usable and free; connect another one, the list updates itself.</translation>
    </message>
    <message>
        <source>请勾选 2 到 16 部手机。</source>
        <translation>Mark 2 to 16 phones.</translation>
    </message>
    <message>
        <source>开始并行取证（%1 部）</source>
        <translation>Start parallel capture (%1 phones)</translation>
    </message>
    <message>
        <source>同一取证指令下，各手机同时录制、同时取证，每部各成一个证据包，封存后互相印证。勾选 2 到 16 部；第一部为主控，其余按界面元素跟随。账号和所在地由取证人员填写，记入各自的日志。</source>
        <translation>Under one order all phones record and capture at the same time, each into a package of its own; sealed, they corroborate each other. Mark 2 to 16; the first leads, the others follow by element. Account and place are what the officer writes; they go into each phone&apos;s journal.</translation>
    </message>
    <message>
        <source>%1&#x3000;%2</source>
        <translation>%1  %2</translation>
    </message>
    <message>
        <source>节点 %1</source>
        <translation>Node %1</translation>
    </message>
    <message>
        <source>接在本机</source>
        <translation>on this computer</translation>
    </message>
    <message>
        <source>参加 %1</source>
        <translation>Take part: %1</translation>
    </message>
    <message>
        <source>环境检测 %1</source>
        <translation>Environment check %1</translation>
    </message>
    <message>
        <source>重新检测</source>
        <translation>Check again</translation>
    </message>
    <message>
        <source>重新检测 %1</source>
        <translation>Check again %1</translation>
    </message>
    <message>
        <source>账号 %1</source>
        <translation>Account %1</translation>
    </message>
    <message>
        <source>账号或人设，如：新用户、老用户、未登录</source>
        <translation>Account or persona: new user, regular, not logged in …</translation>
    </message>
    <message>
        <source>所在地 %1</source>
        <translation>Place %1</translation>
    </message>
    <message>
        <source>所在地，如：某市某区</source>
        <translation>Place: city and district</translation>
    </message>
    <message>
        <source>正在检测取证环境…</source>
        <translation>Checking the environment…</translation>
    </message>
    <message>
        <source>环境没有检测成</source>
        <translation>The environment could not be checked</translation>
    </message>
    <message>
        <source>%1 项必检不符</source>
        <translation>%1 compulsory items fail</translation>
    </message>
    <message>
        <source>环境检测通过</source>
        <translation>Environment in order</translation>
    </message>
    <message>
        <source>正在检测 %1 部手机的取证环境…</source>
        <translation>Checking the environment of %1 phones…</translation>
    </message>
    <message>
        <source>%1 部手机的环境没有检测成：重新检测，或不勾选它。</source>
        <translation>The environment of %1 phones could not be checked: check again, or leave them out.</translation>
    </message>
    <message>
        <source>%1 部手机有不符的必检项：改正后重新检测，或写明理由“仍要取证”。</source>
        <translation>On %1 phones a compulsory item fails: put it right and check again, or write the reason for which you go on.</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::GroupPage</name>
    <message>
        <source>并行取证消息</source>
        <translation>Messages of the parallel capture</translation>
    </message>
    <message>
        <source>点按处没有可辨认的界面元素，各手机都没有点按。请点按文字或按钮。</source>
        <translation>There is no recognisable element there; nothing was tapped on any phone. Tap a text or a button.</translation>
    </message>
    <message>
        <source>有 %1 部手机的页面上没有“%2”，已停止并各自取下当时的页面；其余手机继续。</source>
        <translation>The pages of %1 phones have no “%2”: they have stopped, each with its page captured; the others go on.</translation>
    </message>
    <message>
        <source>%1 部同时取证  F8</source>
        <translation>Capture all %1  F8</translation>
    </message>
    <message>
        <source>全部取证</source>
        <translation>Capture all</translation>
    </message>
    <message>
        <source>取证内容 </source>
        <translation>Kind of capture </translation>
    </message>
    <message>
        <source>全部返回</source>
        <translation>Back on all</translation>
    </message>
    <message>
        <source>结束并封存  F10</source>
        <translation>End and seal  F10</translation>
    </message>
    <message>
        <source>结束并封存全部</source>
        <translation>End and seal all</translation>
    </message>
    <message>
        <source>全部手机的文字或备注</source>
        <translation>Words for all phones, or a note</translation>
    </message>
    <message>
        <source>写入各手机记录的备注</source>
        <translation>Note for each phone’s journal</translation>
    </message>
    <message>
        <source>送到全部手机的文字</source>
        <translation>Words sent to all phones</translation>
    </message>
    <message>
        <source>若有应取内容没有取全，说明原因（写入每个证据包）：</source>
        <translation>If something compulsory is missing, why (written into each package):</translation>
    </message>
    <message>
        <source>不完整的原因</source>
        <translation>Why it is incomplete</translation>
    </message>
    <message>
        <source>确认结束并封存</source>
        <translation>End and seal</translation>
    </message>
    <message>
        <source>继续取证</source>
        <translation>Go on</translation>
    </message>
    <message>
        <source>已停止</source>
        <translation>Stopped</translation>
    </message>
    <message>
        <source>正在封存…</source>
        <translation>Sealing…</translation>
    </message>
    <message>
        <source>密码输入：键入的内容在各手机的日志中只留长度和加盐摘要。录屏仍会录下屏幕上显示的一切。</source>
        <translation>Password input: of what is typed each phone&apos;s journal keeps length and salted digest only. The recordings still show all that is on the screens.</translation>
    </message>
    <message>
        <source>已暂停操作：各手机不接受点按和输入，录制继续。</source>
        <translation>Inputs are paused: no phone takes taps or typing; the recordings go on.</translation>
    </message>
    <message>
        <source>拖动处没有可滚动的界面元素：各手机按屏幕比例拖动。</source>
        <translation>Nothing scrolls where you dragged: each phone did it in proportion to its screen.</translation>
    </message>
    <message>
        <source>%1 部手机的页面上没有同一个可滚动的区域，按屏幕比例拖动。</source>
        <translation>%1 phones have no such scrolling area on their page and did it in proportion to their screens.</translation>
    </message>
    <message>
        <source>长页取证</source>
        <translation>Long page</translation>
    </message>
    <message>
        <source>全部长页取证</source>
        <translation>Long page on all</translation>
    </message>
    <message>
        <source>各手机自动向下滚动、逐屏取证，直到各自的页面到底。Shift+F8</source>
        <translation>Each phone scrolls down by itself and captures screen by screen, to its own page&apos;s end. Shift+F8</translation>
    </message>
    <message>
        <source>各手机按返回键；在主控画面中按 Esc</source>
        <translation>Back on all phones; Esc in the leading picture</translation>
    </message>
    <message>
        <source>全部输入</source>
        <translation>Type on all</translation>
    </message>
    <message>
        <source>密码输入</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>全部密码输入</source>
        <translation>Password input on all</translation>
    </message>
    <message>
        <source>各手机的日志中只留长度和摘要</source>
        <translation>Each journal keeps length and digest only</translation>
    </message>
    <message>
        <source>备注</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>写备注</source>
        <translation>Write a remark</translation>
    </message>
    <message>
        <source>暂停操作</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>暂停后各手机不接受操作，录制继续；暂停和原因记入各自的日志</source>
        <translation>Paused phones take no inputs, the recordings go on; pause and reason stand in each journal</translation>
    </message>
    <message>
        <source>这一页是</source>
        <translation>This page is</translation>
    </message>
    <message>
        <source>暂停期间各手机不接受操作，录制继续。</source>
        <translation>While paused no phone takes inputs; the recordings go on.</translation>
    </message>
    <message>
        <source>全部暂停原因</source>
        <translation>Reason for pausing all</translation>
    </message>
    <message>
        <source>暂停的原因（必填）</source>
        <translation>Reason of the pause (required)</translation>
    </message>
    <message>
        <source>暂停</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>确认全部暂停</source>
        <translation>Confirm pausing all</translation>
    </message>
    <message>
        <source>不暂停</source>
        <translation>Do not pause</translation>
    </message>
    <message>
        <source>时间起点</source>
        <translation>first</translation>
    </message>
    <message>
        <source>晚 %1 s</source>
        <translation>%1 s later</translation>
    </message>
    <message>
        <source>%1 的操作没有送到（连接中断、已暂停或写不进记录），已记入各自的日志。它们可能已与其他手机不同步：先看画面，再继续。</source>
        <translation>Inputs did not reach %1 (line lost, paused, or not recordable); each journal says so. They may be out of step with the others: look before you go on.</translation>
    </message>
    <message>
        <source>应已到底</source>
        <translation>the end, it seems</translation>
    </message>
    <message>
        <source>可能还没有到底</source>
        <translation>perhaps not the end</translation>
    </message>
    <message>
        <source>相邻截图的重叠不能证明，已停止</source>
        <translation>stopped where an overlap could not be proved</translation>
    </message>
    <message>
        <source>手机 %1：%2 张截图，拼接 %3 张，%4</source>
        <translation>phone %1: %2 screenshots, %3 joined, %4</translation>
    </message>
    <message>
        <source>长页取证：%1。</source>
        <translation>Long page: %1.</translation>
    </message>
    <message>
        <source>；</source>
        <translation>; </translation>
    </message>
    <message>
        <source>停止长页</source>
        <translation>Stop long page</translation>
    </message>
    <message>
        <source>继续操作</source>
        <translation>Resume</translation>
    </message>
    <message>
        <source>点按</source>
        <translation>Tap</translation>
    </message>
    <message>
        <source>拖动</source>
        <translation>Drag</translation>
    </message>
    <message>
        <source>滚动</source>
        <translation>Scroll</translation>
    </message>
    <message>
        <source>按键</source>
        <translation>Press key</translation>
    </message>
    <message>
        <source>输入文字</source>
        <translation>Type text</translation>
    </message>
    <message>
        <source>取证</source>
        <translation>Capture</translation>
    </message>
    <message>
        <source>对照</source>
        <translation>Compare</translation>
    </message>
    <message>
        <source>结束并封存</source>
        <translation>End and seal</translation>
    </message>
    <message>
        <source>手机 %1</source>
        <translation>Phone %1</translation>
    </message>
    <message>
        <source>“%1”没有做：正在封存各手机的证据包。</source>
        <translation>“%1” was not done: the phones&apos; packages are being sealed.</translation>
    </message>
    <message>
        <source>“%1”没有做：前一操作“%2”还在进行。完成后再试；要留住此刻的画面请按 F8，取证会排队。</source>
        <translation>“%1” was not done: “%2” is still under way. Try again when it is over; to keep what is shown now press F8, a capture waits its turn.</translation>
    </message>
    <message>
        <source>“%1”没有做：已暂停操作。请先“继续操作”。</source>
        <translation>“%1” was not done: inputs are paused. Resume first.</translation>
    </message>
    <message>
        <source>取证排队 %1 次：前一操作“%2”完成后立即取证。按下的时刻已写入各手机的日志，当时的画面在录像里。</source>
        <translation>%1 capture(s) waiting: done as soon as “%2” is over. When it was asked for stands in each phone&apos;s journal, what was shown then is in the film.</translation>
    </message>
    <message>
        <source>排队取证 %1 次  F8</source>
        <translation>%1 capture(s) waiting  F8</translation>
    </message>
    <message>
        <source>正在取证…  F8</source>
        <translation>Capturing…  F8</translation>
    </message>
    <message>
        <source>手机 %1（%2 次）</source>
        <translation>phone %1 (%2 times)</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>guzheng::ui::GroupPane</name>
    <message>
        <source>手机 %1 画面</source>
        <translation>Phone %1 screen</translation>
    </message>
    <message>
        <source>已停止：%1</source>
        <translation>Stopped: %1</translation>
    </message>
    <message>
        <source>跟随主控；点按改由它主控</source>
        <translation>Follows; a click makes it lead</translation>
    </message>
    <message>
        <source>没有画面</source>
        <translation>No picture</translation>
    </message>
    <message>
        <source>等待画面…</source>
        <translation>Waiting for the picture…</translation>
    </message>
    <message>
        <source>已停止</source>
        <translation>Stopped</translation>
    </message>
    <message>
        <source>；画面上框出 %1 处不同</source>
        <translation>; %1 differences are framed on the picture</translation>
    </message>
    <message>
        <source>主控：点按由各手机各自按界面元素跟随，拖动按元素或屏幕比例跟随，Ctrl+拖动为双指缩放，滚轮滚动全部手机，Esc 全部返回</source>
        <translation>Leads: a tap is followed by each phone on the same element of its own page, a drag by element or in proportion to the screen, Ctrl+drag pinches, the wheel scrolls all phones, Esc is Back on all</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::GroupTable</name>
    <message>
        <source>相互印证</source>
        <translation>Corroboration</translation>
    </message>
    <message>
        <source>每次取证后，各手机的同一页面在这里对照。</source>
        <translation>After each capture the same page of all phones is compared here.</translation>
    </message>
    <message>
        <source>对照结果</source>
        <translation>Result of the comparison</translation>
    </message>
    <message>
        <source>只看不同</source>
        <translation>Differences only</translation>
    </message>
    <message>
        <source>只看不同的项目</source>
        <translation>Differing rows only</translation>
    </message>
    <message>
        <source>说明  F4</source>
        <translation>Describe  F4</translation>
    </message>
    <message>
        <source>说明这一页</source>
        <translation>Describe this page</translation>
    </message>
    <message>
        <source>佐证对照表</source>
        <translation>Table of corroboration</translation>
    </message>
    <message>
        <source>%1 %2/%3</source>
        <translation>%1 %2/%3</translation>
    </message>
    <message>
        <source> 待说明</source>
        <translation> to be described</translation>
    </message>
    <message>
        <source>对照 %1</source>
        <translation>Compare %1</translation>
    </message>
    <message>
        <source>待说明</source>
        <translation>To be described</translation>
    </message>
    <message>
        <source>已说明</source>
        <translation>described</translation>
    </message>
    <message>
        <source>没有不同</source>
        <translation>No difference</translation>
    </message>
    <message>
        <source>%1 项不同</source>
        <translation>%1 differences</translation>
    </message>
    <message>
        <source>项目</source>
        <translation>Aspect</translation>
    </message>
    <message>
        <source>内容</source>
        <translation>What</translation>
    </message>
    <message>
        <source>手机 %1（主控）</source>
        <translation>Phone %1 (leading)</translation>
    </message>
    <message>
        <source>手机 %1</source>
        <translation>Phone %1</translation>
    </message>
    <message>
        <source>未见</source>
        <translation>not seen</translation>
    </message>
    <message>
        <source>有</source>
        <translation>there</translation>
    </message>
    <message>
        <source>取证时间</source>
        <translation>Captured</translation>
    </message>
    <message>
        <source>（相差 %1 秒）</source>
        <translation> (%1 s apart)</translation>
    </message>
    <message>
        <source>（第 %1 个）</source>
        <translation> (%1)</translation>
    </message>
    <message>
        <source>（第 %1 张）</source>
        <translation> (%1)</translation>
    </message>
    <message>
        <source>第 %1 位</source>
        <translation>no. %1</translation>
    </message>
    <message>
        <source>与手机 %1 的截图比</source>
        <translation>Against phone %1&apos;s screenshot</translation>
    </message>
    <message>
        <source>基准</source>
        <translation>reference</translation>
    </message>
    <message>
        <source>相同</source>
        <translation>equal</translation>
    </message>
    <message>
        <source>%1% 不同</source>
        <translation>%1% differs</translation>
    </message>
    <message>
        <source>画面大小不同</source>
        <translation>other picture size</translation>
    </message>
    <message>
        <source>页面多下滚 %1 像素，对齐后</source>
        <translation>scrolled %1 px further down; aligned: </translation>
    </message>
    <message>
        <source>页面少下滚 %1 像素，对齐后</source>
        <translation>scrolled %1 px less far; aligned: </translation>
    </message>
    <message>
        <source>：</source>
        <translation>: </translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>价格</source>
        <translation>Price</translation>
    </message>
    <message>
        <source>排序</source>
        <translation>Ranking</translation>
    </message>
    <message>
        <source>文字</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>画面</source>
        <translation>Picture</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::HelpWindow</name>
    <message>
        <source>帮助 · 键盘</source>
        <translation>Help · keyboard</translation>
    </message>
    <message>
        <source>窗口</source>
        <translation>Window</translation>
    </message>
    <message>
        <source>这份帮助</source>
        <translation>This help</translation>
    </message>
    <message>
        <source>到下一个控件；焦点有蓝框</source>
        <translation>Next control; the focus has a blue frame</translation>
    </message>
    <message>
        <source>远程取证</source>
        <translation>Capture</translation>
    </message>
    <message>
        <source>开始取证</source>
        <translation>Start capture</translation>
    </message>
    <message>
        <source>取证当前页面：截图、页面文字、录像位置一并固化</source>
        <translation>Capture this page: screenshot, page text and place in the recording are fixed together</translation>
    </message>
    <message>
        <source>这一页是：平台首页、店铺首页、证照公示、涉嫌违法页面、其他</source>
        <translation>This page is: platform front, shop front, licence, suspected violation, other</translation>
    </message>
    <message>
        <source>保存说明</source>
        <translation>Save description</translation>
    </message>
    <message>
        <source>备注</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>输入中文</source>
        <translation>Type 中文</translation>
    </message>
    <message>
        <source>键盘进出手机画面</source>
        <translation>Keyboard into and out of the phone</translation>
    </message>
    <message>
        <source>结束并封存；再按一次确认</source>
        <translation>End and seal; press again to confirm</translation>
    </message>
    <message>
        <source>手机画面（焦点在画面时）</source>
        <translation>Phone (while it has the focus)</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>鼠标右键 中键</source>
        <translation>Right, middle button</translation>
    </message>
    <message>
        <source>返回、主页</source>
        <translation>Back, home</translation>
    </message>
    <message>
        <source>字母 数字 Enter</source>
        <translation>Letters, digits, Enter</translation>
    </message>
    <message>
        <source>直接输入手机；中文经剪贴板</source>
        <translation>Go to the phone; Chinese by the clipboard</translation>
    </message>
    <message>
        <source>Ctrl+方向键</source>
        <translation>Ctrl+arrows</translation>
    </message>
    <message>
        <source>移动圆环（加 Shift 更细）</source>
        <translation>Move the ring (Shift: finer)</translation>
    </message>
    <message>
        <source>Ctrl+空格</source>
        <translation>Ctrl+Space</translation>
    </message>
    <message>
        <source>在圆环处滚动</source>
        <translation>Scroll where the ring is</translation>
    </message>
    <message>
        <source>证据库</source>
        <translation>Vault</translation>
    </message>
    <message>
        <source>再次校验</source>
        <translation>Verify again</translation>
    </message>
    <message>
        <source>打印报告，没有时先生成</source>
        <translation>Print the report, made first if there is none</translation>
    </message>
    <message>
        <source>空格</source>
        <translation>Space</translation>
    </message>
    <message>
        <source>播放、暂停</source>
        <translation>Play, pause</translation>
    </message>
    <message>
        <source>退、进五秒</source>
        <translation>Back, forward five seconds</translation>
    </message>
    <message>
        <source>锁定工作站；正在进行的取证继续录制</source>
        <translation>lock the station; a running capture goes on recording</translation>
    </message>
    <message>
        <source>导入材料</source>
        <translation>Import material</translation>
    </message>
    <message>
        <source>长页取证：滚动到底、逐屏取证；再按一次停止</source>
        <translation>Long page: scroll to the end, capture screen by screen; once more stops it</translation>
    </message>
    <message>
        <source>说明最新的未说明的取证（证明对象）；长页只说明一次</source>
        <translation>Describe the newest capture that is not described (what it proves); a long page once</translation>
    </message>
    <message>
        <source>手机画面全屏；Esc 或 F11 返回，F8 照常</source>
        <translation>The phone on the whole screen; Esc or F11 returns, F8 works as ever</translation>
    </message>
    <message>
        <source>点按圆环处（加 Shift 为长按）</source>
        <translation>Tap at the ring (with Shift: press long)</translation>
    </message>
    <message>
        <source>Ctrl+拖动</source>
        <translation>Ctrl+drag</translation>
    </message>
    <message>
        <source>双指缩放：另一指在画面中心的对侧</source>
        <translation>Pinch: the other finger mirrors yours about the middle of the picture</translation>
    </message>
    <message>
        <source>Ctrl 或 Meta+字母</source>
        <translation>Ctrl or Meta+letter</translation>
    </message>
    <message>
        <source>组合键送到手机，如 Ctrl+A、Ctrl+C</source>
        <translation>The combination goes to the phone, as Ctrl+A, Ctrl+C</translation>
    </message>
    <message>
        <source>通知栏、快捷设置、唤醒、电源键；Alt+Shift+N 收起</source>
        <translation>Notifications, quick settings, wake, power key; Alt+Shift+N closes</translation>
    </message>
    <message>
        <source>关手机屏幕（加 Shift 打开）、旋转、音量</source>
        <translation>Phone&apos;s screen off (with Shift: on), rotate, volume</translation>
    </message>
    <message>
        <source>并行取证（几部手机）</source>
        <translation>Parallel capture (several phones)</translation>
    </message>
    <message>
        <source>全部手机同时取证，然后对照</source>
        <translation>Capture on all phones, then compare</translation>
    </message>
    <message>
        <source>全部手机长页取证；再按一次停止</source>
        <translation>Long page on all phones; again: stop</translation>
    </message>
    <message>
        <source>由第几部手机主控；点按另一部的画面也可</source>
        <translation>Which phone leads; a click on another&apos;s picture does too</translation>
    </message>
    <message>
        <source>点按 拖动</source>
        <translation>Click, drag</translation>
    </message>
    <message>
        <source>在主控画面上：点按按界面元素跟随，拖动按元素或屏幕比例跟随；按住半秒为长按</source>
        <translation>In the leading picture: taps are followed by element, drags by element or in proportion; half a second is a long press</translation>
    </message>
    <message>
        <source>滚轮 PgUp PgDn</source>
        <translation>Wheel, PgUp PgDn</translation>
    </message>
    <message>
        <source>全部手机滚动十分之四屏</source>
        <translation>Scroll all phones by four tenths of the screen</translation>
    </message>
    <message>
        <source>全部手机返回（焦点在主控画面时）</source>
        <translation>Back on all phones (focus in the leading picture)</translation>
    </message>
    <message>
        <source>说明最新的未说明的一页（各手机同一说明）</source>
        <translation>Describe the newest page not yet described (the same for all phones)</translation>
    </message>
    <message>
        <source>备注，写入各手机的日志</source>
        <translation>A remark in each phone&apos;s journal</translation>
    </message>
    <message>
        <source>文字送到全部手机</source>
        <translation>Text to all phones</translation>
    </message>
    <message>
        <source>结束并封存全部；再按一次确认</source>
        <translation>End and seal all; again to confirm</translation>
    </message>
    <message>
        <source>主体</source>
        <translation>Subjects</translation>
    </message>
    <message>
        <source>搜索：名称、简称、信用代码、店铺、地址、拼音首字母，两个字起边输边出结果</source>
        <translation>Search name, short name, credit code, shop, address, pinyin initials; results while typing from two characters on</translation>
    </message>
    <message>
        <source>在搜索框里也能换行</source>
        <translation>Choose a row, also from the search box</translation>
    </message>
    <message>
        <source>打开主体页；Esc 返回</source>
        <translation>Open the subject&apos;s page; Esc goes back</translation>
    </message>
    <message>
        <source>在表中多选（也可 Ctrl+单击）</source>
        <translation>Tick several in the table (also Ctrl+click)</translation>
    </message>
    <message>
        <source>发起取证，主体、店铺和链接已填好</source>
        <translation>Start a capture with subject, shop and link filled in</translation>
    </message>
    <message>
        <source>撤销上一步修改或标签</source>
        <translation>Undo the last edit or tags</translation>
    </message>
    <message>
        <source>工作台；Ctrl+Enter 办最急的一件</source>
        <translation>Desk; Ctrl+Enter does the most urgent thing</translation>
    </message>
    <message>
        <source>远程取证、证据库、操作日志、节点、设置、主体、监测任务</source>
        <translation>Capture, evidence, log, nodes, settings, subjects, tasks</translation>
    </message>
    <message>
        <source>搜索（主体、监测任务、证据库、操作日志）</source>
        <translation>Search (subjects, tasks, evidence, log)</translation>
    </message>
    <message>
        <source>监测任务</source>
        <translation>Tasks</translation>
    </message>
    <message>
        <source>新建任务单</source>
        <translation>New sheet</translation>
    </message>
    <message>
        <source>存草稿；停下一秒也会自动保存</source>
        <translation>Save the draft; it is saved by itself after a second too</translation>
    </message>
    <message>
        <source>提交任务单，或办右侧流转的下一步</source>
        <translation>Submit the sheet, or take the next step at the right</translation>
    </message>
    <message>
        <source>任务单、监测结果、线索</source>
        <translation>Sheet, results, clues</translation>
    </message>
    <message>
        <source>为选中的结果去取证，指令已填好；封存后证据自动记到结果上</source>
        <translation>Capture for the chosen result, with the order filled in; the sealed package comes back to it</translation>
    </message>
    <message>
        <source>在特征词里：加上一个词，去掉最后一个</source>
        <translation>In feature words: add one, take the last away</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::HomePage</name>
    <message>
        <source>下一件 期限</source>
        <translation>Next deadline</translation>
    </message>
    <message>
        <source>下一件</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>下一件 说明</source>
        <translation>Next details</translation>
    </message>
    <message>
        <source>去办  Ctrl+Enter</source>
        <translation>Do it  Ctrl+Enter</translation>
    </message>
    <message>
        <source>办下一件</source>
        <translation>Do the next thing</translation>
    </message>
    <message>
        <source>任务与结果</source>
        <translation>Tasks and results</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>逾期</source>
        <translation>Late</translation>
    </message>
    <message>
        <source>今日到期</source>
        <translation>Due today</translation>
    </message>
    <message>
        <source>3 日内</source>
        <translation>3 days</translation>
    </message>
    <message>
        <source>工作台筛选 </source>
        <translation>Desk filter </translation>
    </message>
    <message>
        <source>今天</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>待办列表</source>
        <translation>To-do list</translation>
    </message>
    <message>
        <source>没有等您办理的任务和结果。</source>
        <translation>No task or result waits for you.</translation>
    </message>
    <message>
        <source>没有编号</source>
        <translation>no number</translation>
    </message>
    <message>
        <source>（没有名称）</source>
        <translation>(no name)</translation>
    </message>
    <message>
        <source>任务单 · %1</source>
        <translation>Sheet · %1</translation>
    </message>
    <message>
        <source>经营主体不明</source>
        <translation>Operator unknown</translation>
    </message>
    <message>
        <source>结果 %1 · %2</source>
        <translation>Result %1 · %2</translation>
    </message>
    <message>
        <source>工作日</source>
        <translation>working day</translation>
    </message>
    <message>
        <source>非工作日</source>
        <translation>no working day</translation>
    </message>
    <message>
        <source>期限 %1 %2</source>
        <translation>due %1 %2</translation>
    </message>
    <message>
        <source>新</source>
        <translation>new</translation>
    </message>
    <message>
        <source>今天没有待办</source>
        <translation>Nothing to do today</translation>
    </message>
    <message>
        <source>：</source>
        <translation>: </translation>
    </message>
    <message>
        <source>（期限 %1）</source>
        <translation> (due %1)</translation>
    </message>
    <message>
        <source>可以开始新的取证</source>
        <translation>A new capture can begin</translation>
    </message>
    <message>
        <source>任务、结果和证据有需要您办的事时，最急的一件显示在这里。</source>
        <translation>When something waits for you, the most urgent thing is shown here.</translation>
    </message>
    <message>
        <source>远程取证  Ctrl+Enter</source>
        <translation>Capture  Ctrl+Enter</translation>
    </message>
    <message>
        <source>%1 条</source>
        <translation>%1 items</translation>
    </message>
    <message>
        <source>任务单</source>
        <translation>Sheet</translation>
    </message>
    <message>
        <source>监测结果</source>
        <translation>Results</translation>
    </message>
    <message>
        <source>线索</source>
        <translation>Clues</translation>
    </message>
    <message>
        <source>消息</source>
        <translation>Messages</translation>
    </message>
    <message>
        <source>全部已读</source>
        <translation>Mark all read</translation>
    </message>
    <message>
        <source>消息 全部已读</source>
        <translation>Messages mark all read</translation>
    </message>
    <message>
        <source>消息列表</source>
        <translation>List of messages</translation>
    </message>
    <message>
        <source>证据待补齐</source>
        <translation>Evidence to complete</translation>
    </message>
    <message>
        <source>证据待补齐列表</source>
        <translation>Evidence to complete list</translation>
    </message>
    <message>
        <source>没有待复核、待签、待时间戳或不完整的证据。</source>
        <translation>No evidence waits for a review, a signature or a stamp, and none is incomplete.</translation>
    </message>
    <message>
        <source>节点</source>
        <translation>Nodes</translation>
    </message>
    <message>
        <source>查看节点 ›</source>
        <translation>See nodes ›</translation>
    </message>
    <message>
        <source>查看节点</source>
        <translation>See nodes</translation>
    </message>
    <message>
        <source>节点问题列表</source>
        <translation>Node trouble list</translation>
    </message>
    <message>
        <source>节点情况</source>
        <translation>Node state</translation>
    </message>
    <message>
        <source>主体更新</source>
        <translation>Subjects to refresh</translation>
    </message>
    <message>
        <source>查看主体 ›</source>
        <translation>See subjects ›</translation>
    </message>
    <message>
        <source>查看主体</source>
        <translation>See subjects</translation>
    </message>
    <message>
        <source>主体更新情况</source>
        <translation>Subject refresh state</translation>
    </message>
    <message>
        <source>读不出来</source>
        <translation>unreadable</translation>
    </message>
    <message>
        <source>待复核</source>
        <translation>to be reviewed</translation>
    </message>
    <message>
        <source>待签</source>
        <translation>to be signed</translation>
    </message>
    <message>
        <source>待时间戳</source>
        <translation>to be stamped</translation>
    </message>
    <message>
        <source>不完整</source>
        <translation>incomplete</translation>
    </message>
    <message>
        <source>没有登记节点，只用本机的手机。</source>
        <translation>No nodes; only phones of this computer are used.</translation>
    </message>
    <message>
        <source>%1 个节点都正常。</source>
        <translation>All %1 nodes are well.</translation>
    </message>
    <message>
        <source>%1 个店铺账号超过了更新周期。</source>
        <translation>%1 shops and accounts are past their refresh cycle.</translation>
    </message>
    <message>
        <source>没有超过更新周期的店铺账号。</source>
        <translation>No shop or account is past its refresh cycle.</translation>
    </message>
    <message>
        <source>%1：%2 %3</source>
        <translation>%1: %2 %3</translation>
    </message>
    <message>
        <source>正在打开监测任务…</source>
        <translation>Opening the tasks…</translation>
    </message>
    <message>
        <source>未同步证据</source>
        <translation>Evidence not synced</translation>
    </message>
    <message>
        <source>同步 ›</source>
        <translation>Sync ›</translation>
    </message>
    <message>
        <source>打开同步</source>
        <translation>Open sync</translation>
    </message>
    <message>
        <source>同步 工作台</source>
        <translation>Sync on this page</translation>
    </message>
    <message>
        <source>未同步证据&#x3000;%1 份</source>
        <translation>Evidence not synced: %1</translation>
    </message>
    <message>
        <source>继续</source>
        <translation>Resume</translation>
    </message>
    <message>
        <source>暂停</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>工作台 继续同步</source>
        <translation>Resume syncing from this page</translation>
    </message>
    <message>
        <source>工作台 暂停同步</source>
        <translation>Pause syncing from this page</translation>
    </message>
    <message>
        <source>中心系统的设置有误，没有上传；证据都在本机。</source>
        <translation>The settings of the central system are wrong: nothing is sent, all evidence is here.</translation>
    </message>
    <message>
        <source>已暂停。</source>
        <translation>Paused.</translation>
    </message>
    <message>
        <source>点“同步”后再点“立即同步”开始上传。</source>
        <translation>Sending begins with “Sync”, then “Sync now”.</translation>
    </message>
    <message>
        <source>还要送 %1</source>
        <translation>%1 left to send</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::ImportWindow</name>
    <message>
        <source>照片</source>
        <translation>Photo</translation>
    </message>
    <message>
        <source>录音</source>
        <translation>Audio recording</translation>
    </message>
    <message>
        <source>录像</source>
        <translation>Video recording</translation>
    </message>
    <message>
        <source>文书</source>
        <translation>Document</translation>
    </message>
    <message>
        <source>其他文件</source>
        <translation>Other file</translation>
    </message>
    <message>
        <source>封存前照片</source>
        <translation>Photo before sealing</translation>
    </message>
    <message>
        <source>封存后照片</source>
        <translation>Photo after sealing</translation>
    </message>
    <message>
        <source>导入</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>导入消息</source>
        <translation>Import messages</translation>
    </message>
    <message>
        <source>取证指令</source>
        <translation>Order</translation>
    </message>
    <message>
        <source>文件</source>
        <translation>Files</translation>
    </message>
    <message>
        <source>加文件…</source>
        <translation>Add files…</translation>
    </message>
    <message>
        <source>加文件</source>
        <translation>Add files</translation>
    </message>
    <message>
        <source>去掉</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>去掉这个文件</source>
        <translation>Remove this file</translation>
    </message>
    <message>
        <source>文件路径</source>
        <translation>File path</translation>
    </message>
    <message>
        <source>拖到这里、粘贴，或写路径后按回车</source>
        <translation>Drag files here, paste, or write a path and press Enter</translation>
    </message>
    <message>
        <source>要导入的文件</source>
        <translation>Files to import</translation>
    </message>
    <message>
        <source>写保护措施 *</source>
        <translation>Write protection *</translation>
    </message>
    <message>
        <source>写保护措施</source>
        <translation>Write protection</translation>
    </message>
    <message>
        <source>怎样保证原文件不被写入</source>
        <translation>How the originals are kept from being written to</translation>
    </message>
    <message>
        <source>这个文件</source>
        <translation>This file</translation>
    </message>
    <message>
        <source>导入 %1</source>
        <translation>Import %1</translation>
    </message>
    <message>
        <source>导入 种类</source>
        <translation>Import kind</translation>
    </message>
    <message>
        <source>种类</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Title</translation>
    </message>
    <message>
        <source>证明对象</source>
        <translation>Proves</translation>
    </message>
    <message>
        <source>它证明什么</source>
        <translation>What it proves</translation>
    </message>
    <message>
        <source>来源</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>从谁、从哪里取得</source>
        <translation>From whom and where it came</translation>
    </message>
    <message>
        <source>采集人</source>
        <translation>Collector</translation>
    </message>
    <message>
        <source>谁制作或取得</source>
        <translation>Who made or took it</translation>
    </message>
    <message>
        <source>制作方法</source>
        <translation>Method</translation>
    </message>
    <message>
        <source>拍摄、录制、复制……</source>
        <translation>Photographed, recorded, copied…</translation>
    </message>
    <message>
        <source>设备</source>
        <translation>Device</translation>
    </message>
    <message>
        <source>用什么设备</source>
        <translation>With what</translation>
    </message>
    <message>
        <source>导入 制作时间</source>
        <translation>Import time made</translation>
    </message>
    <message>
        <source>制作时间</source>
        <translation>Made at</translation>
    </message>
    <message>
        <source>导入 访问方式</source>
        <translation>Import access</translation>
    </message>
    <message>
        <source>公开</source>
        <translation>Public</translation>
    </message>
    <message>
        <source>登录可见</source>
        <translation>After login</translation>
    </message>
    <message>
        <source>非公开</source>
        <translation>Not public</translation>
    </message>
    <message>
        <source>访问</source>
        <translation>Access</translation>
    </message>
    <message>
        <source>取得依据</source>
        <translation>Legal basis</translation>
    </message>
    <message>
        <source>登录可见或非公开时必填</source>
        <translation>Needed unless public</translation>
    </message>
    <message>
        <source>封条号</source>
        <translation>Seal number</translation>
    </message>
    <message>
        <source>封存状态</source>
        <translation>State of the seal</translation>
    </message>
    <message>
        <source>完好、已贴封条……</source>
        <translation>Intact, sealed…</translation>
    </message>
    <message>
        <source>屏蔽措施</source>
        <translation>Shielding</translation>
    </message>
    <message>
        <source>手机等：怎样与网络隔开</source>
        <translation>Phones: how kept off the network</translation>
    </message>
    <message>
        <source>导入前还缺</source>
        <translation>Missing before import</translation>
    </message>
    <message>
        <source>导入不完整的原因</source>
        <translation>Why the import is incomplete</translation>
    </message>
    <message>
        <source>仍要导入时写明原因；证据包标为不完整</source>
        <translation>To import all the same, say why; the package is marked incomplete</translation>
    </message>
    <message>
        <source>不完整的原因</source>
        <translation>Why incomplete</translation>
    </message>
    <message>
        <source>导入进度</source>
        <translation>Import progress</translation>
    </message>
    <message>
        <source>导入并封存</source>
        <translation>Import and seal</translation>
    </message>
    <message>
        <source>没有加入 %1：它不在那里，或不是普通文件。其他文件不受影响。</source>
        <translation>%1 was not added: it is not there or is no plain file. Other files are not affected.</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>正在导入。请先取消，或等它做完。</source>
        <translation>An import is running. Cancel it first, or wait for its end.</translation>
    </message>
    <message>
        <source>还没有文件。</source>
        <translation>No files yet.</translation>
    </message>
    <message>
        <source>材料完整，共 %1 个文件。</source>
        <translation>Nothing is missing: %1 files.</translation>
    </message>
    <message>
        <source>还缺：%1；另有 %2 项</source>
        <translation>Missing: %1; and %2 more</translation>
    </message>
    <message>
        <source>还缺：%1</source>
        <translation>Missing: %1</translation>
    </message>
    <message>
        <source>取消导入</source>
        <translation>Cancel the import</translation>
    </message>
    <message>
        <source>取证指令还没有填“%1”。</source>
        <translation>The order lacks “%1”.</translation>
    </message>
    <message>
        <source>指令</source>
        <translation>Order</translation>
    </message>
    <message>
        <source>告知</source>
        <translation>Statements</translation>
    </message>
    <message>
        <source>导入 填写 </source>
        <translation>Import: fill in </translation>
    </message>
    <message>
        <source>当事人在场，导入时当场告知</source>
        <translation>The party is present and is told at the import</translation>
    </message>
    <message>
        <source>告知还缺“%1”。没有一项的回答可以代替另一项。</source>
        <translation>“%1” is still missing among the statements. No answer stands for another.</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::InboxCard</name>
    <message>
        <source>监测任务</source>
        <translation>Tasks</translation>
    </message>
    <message>
        <source>+ 新建任务单</source>
        <translation>+ New sheet</translation>
    </message>
    <message>
        <source>新建任务单</source>
        <translation>New sheet</translation>
    </message>
    <message>
        <source>任务搜索</source>
        <translation>Task search</translation>
    </message>
    <message>
        <source>编号、名称、来源</source>
        <translation>number, name, source</translation>
    </message>
    <message>
        <source>任务类别筛选</source>
        <translation>Filter by task category</translation>
    </message>
    <message>
        <source>全部类别</source>
        <translation>All kinds</translation>
    </message>
    <message>
        <source>待办</source>
        <translation>Mine</translation>
    </message>
    <message>
        <source>逾期</source>
        <translation>Late</translation>
    </message>
    <message>
        <source>三日内</source>
        <translation>3 days</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>任务筛选 </source>
        <translation>Task filter </translation>
    </message>
    <message>
        <source>任务列表</source>
        <translation>Task list</translation>
    </message>
    <message>
        <source>（没有名称）</source>
        <translation>(no name)</translation>
    </message>
    <message>
        <source>没有编号</source>
        <translation>no number</translation>
    </message>
    <message>
        <source>结果 %1</source>
        <translation>%1 results</translation>
    </message>
    <message>
        <source>新</source>
        <translation>new</translation>
    </message>
    <message>
        <source>没有等您办理的任务。</source>
        <translation>No task waits for you.</translation>
    </message>
    <message>
        <source>没有任务。</source>
        <translation>No tasks.</translation>
    </message>
    <message>
        <source>没有找到。换一个词，或点“全部”。</source>
        <translation>Nothing found. Try another word, or “All”.</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::IntakeWindow</name>
    <message>
        <source>导入主体</source>
        <translation>Import subjects</translation>
    </message>
    <message>
        <source>另有 %1 处</source>
        <translation>%1 more</translation>
    </message>
    <message>
        <source>共 %1 行：新增 %2，合并 %3，丢弃 %4；改正 %5，存疑 %6</source>
        <translation>%1 rows: %2 added, %3 merged, %4 dropped; %5 corrected, %6 doubtful</translation>
    </message>
    <message>
        <source>1 选文件</source>
        <translation>1 File</translation>
    </message>
    <message>
        <source>2 对应与预览</source>
        <translation>2 Columns and preview</translation>
    </message>
    <message>
        <source>3 导入</source>
        <translation>3 Import</translation>
    </message>
    <message>
        <source>4 结果</source>
        <translation>4 Result</translation>
    </message>
    <message>
        <source>导入主体消息</source>
        <translation>Import messages</translation>
    </message>
    <message>
        <source>要导入的表格</source>
        <translation>Table to import</translation>
    </message>
    <message>
        <source>CSV、XLSX 或 JSON Lines；UTF-8 和 GB18030 都认得。可以把文件拖到这里。原文件不会改动。</source>
        <translation>CSV, XLSX or JSON Lines; UTF-8 and GB18030 are recognised. A file can be dropped here. It is not changed.</translation>
    </message>
    <message>
        <source>导入文件</source>
        <translation>File to import</translation>
    </message>
    <message>
        <source>文件的完整路径</source>
        <translation>Full path of the file</translation>
    </message>
    <message>
        <source>浏览…</source>
        <translation>Browse…</translation>
    </message>
    <message>
        <source>浏览导入文件</source>
        <translation>Browse for a file</translation>
    </message>
    <message>
        <source>对应方案</source>
        <translation>Mapping profile</translation>
    </message>
    <message>
        <source>按表头自动对应</source>
        <translation>By the headers</translation>
    </message>
    <message>
        <source>读取并预览</source>
        <translation>Read and preview</translation>
    </message>
    <message>
        <source>以前的导入</source>
        <translation>Earlier imports</translation>
    </message>
    <message>
        <source>以前的导入列表</source>
        <translation>List of earlier imports</translation>
    </message>
    <message>
        <source>看结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>看导入结果</source>
        <translation>See the import&apos;s result</translation>
    </message>
    <message>
        <source>继续导入</source>
        <translation>Go on importing</translation>
    </message>
    <message>
        <source>正在读取…</source>
        <translation>Reading…</translation>
    </message>
    <message>
        <source>表格 (*.csv *.txt *.tsv *.xlsx *.jsonl *.json);;所有文件 (*)</source>
        <translation>Tables (*.csv *.txt *.tsv *.xlsx *.jsonl *.json);;All files (*)</translation>
    </message>
    <message>
        <source>哪一列是什么</source>
        <translation>Which column is what</translation>
    </message>
    <message>
        <source>文件情况</source>
        <translation>About the file</translation>
    </message>
    <message>
        <source>对应情况</source>
        <translation>About the mapping</translation>
    </message>
    <message>
        <source>方案名称</source>
        <translation>Name of the profile</translation>
    </message>
    <message>
        <source>存成方案，下次直接用</source>
        <translation>Keep as a profile for the next time</translation>
    </message>
    <message>
        <source>存方案</source>
        <translation>Keep</translation>
    </message>
    <message>
        <source>对应方案“%1”已保存。</source>
        <translation>Mapping profile “%1” was saved.</translation>
    </message>
    <message>
        <source>前几行清洗后的样子</source>
        <translation>The first rows after cleaning</translation>
    </message>
    <message>
        <source>清洗预览</source>
        <translation>Preview of cleaning</translation>
    </message>
    <message>
        <source>换文件</source>
        <translation>Other file</translation>
    </message>
    <message>
        <source>重新预览</source>
        <translation>Preview again</translation>
    </message>
    <message>
        <source>库中已有时</source>
        <translation>When the library has it</translation>
    </message>
    <message>
        <source>补上空着的</source>
        <translation>Fill what is empty</translation>
    </message>
    <message>
        <source>用新值更新</source>
        <translation>Update with new values</translation>
    </message>
    <message>
        <source>不改动它</source>
        <translation>Leave it alone</translation>
    </message>
    <message>
        <source>开始导入</source>
        <translation>Start import</translation>
    </message>
    <message>
        <source>开始导入主体</source>
        <translation>Start importing subjects</translation>
    </message>
    <message>
        <source>库中已有同一主体时</source>
        <translation>When the library has the same subject</translation>
    </message>
    <message>
        <source>正在导入</source>
        <translation>Importing</translation>
    </message>
    <message>
        <source>正在准备…</source>
        <translation>Preparing…</translation>
    </message>
    <message>
        <source>导入进度</source>
        <translation>Import progress</translation>
    </message>
    <message>
        <source>导入进度条</source>
        <translation>Import progress bar</translation>
    </message>
    <message>
        <source>取消导入</source>
        <translation>Cancel the import</translation>
    </message>
    <message>
        <source>可以关上这个窗口，导入继续。取消时，已写入的行全部收回，主体库和导入前一样。</source>
        <translation>This window may be closed, the import goes on. When cancelled, all rows written are taken back and the library is as before.</translation>
    </message>
    <message>
        <source>导入结果</source>
        <translation>Import result</translation>
    </message>
    <message>
        <source>导入结果数</source>
        <translation>Counts of the import</translation>
    </message>
    <message>
        <source>全部有说明的行</source>
        <translation>All rows with notes</translation>
    </message>
    <message>
        <source>丢弃</source>
        <translation>Dropped</translation>
    </message>
    <message>
        <source>合并</source>
        <translation>Merged</translation>
    </message>
    <message>
        <source>改正</source>
        <translation>Corrected</translation>
    </message>
    <message>
        <source>存疑</source>
        <translation>Doubtful</translation>
    </message>
    <message>
        <source>结果 </source>
        <translation>Result </translation>
    </message>
    <message>
        <source>结果列表</source>
        <translation>List of results</translation>
    </message>
    <message>
        <source>结果显示范围</source>
        <translation>What is shown</translation>
    </message>
    <message>
        <source>再导入一个</source>
        <translation>Import another</translation>
    </message>
    <message>
        <source>导出结果</source>
        <translation>Export result</translation>
    </message>
    <message>
        <source>导出导入结果</source>
        <translation>Export the import&apos;s result</translation>
    </message>
    <message>
        <source>撤销这次导入</source>
        <translation>Undo this import</translation>
    </message>
    <message>
        <source>完成</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>完成导入</source>
        <translation>Finish import</translation>
    </message>
    <message>
        <source>导入完成，记入操作日志。新的主体已能浏览，索引在后台跟上。</source>
        <translation>Imported and entered in the operation log. New subjects can be browsed, the index follows in the background.</translation>
    </message>
    <message>
        <source>结果已导出到 %1。</source>
        <translation>The result was exported to %1.</translation>
    </message>
    <message>
        <source>已撤销这次导入：去掉 %1 个主体，恢复 %2 个。</source>
        <translation>The import was undone: %1 subjects removed, %2 restored. </translation>
    </message>
    <message>
        <source>有 %1 个后来被别人改过，保留着。</source>
        <translation>%1 were changed by others since and are kept.</translation>
    </message>
    <message>
        <source>工作表 %1</source>
        <translation>sheet %1</translation>
    </message>
    <message>
        <source>表头在第 %1 行，%2 列</source>
        <translation>header in line %1, %2 columns</translation>
    </message>
    <message>
        <source>（没有表头）</source>
        <translation>(no header)</translation>
    </message>
    <message>
        <source>列 %1</source>
        <translation>Column %1</translation>
    </message>
    <message>
        <source>不导入</source>
        <translation>Leave out</translation>
    </message>
    <message>
        <source>没有一列要导入。请至少给“名称”选一列。</source>
        <translation>No column is to be imported. Choose at least one for the name.</translation>
    </message>
    <message>
        <source>第 %1 行</source>
        <translation>Line %1</translation>
    </message>
    <message>
        <source>（没有名称）</source>
        <translation>(no name)</translation>
    </message>
    <message>
        <source>丢弃 · </source>
        <translation>Dropped · </translation>
    </message>
    <message>
        <source>%1 列要导入，%2 列不导入。前 %3 行中改正 %4 行，丢弃 %5 行。</source>
        <translation>%1 columns are imported, %2 left out. Of the first %3 rows %4 are corrected, %5 dropped. </translation>
    </message>
    <message>
        <source>没有“名称”列，行会被丢弃。</source>
        <translation>There is no name column: rows will be dropped.</translation>
    </message>
    <message>
        <source>正在核对文件…</source>
        <translation>Checking the file…</translation>
    </message>
    <message>
        <source>正在等索引跟上：%1 / %2</source>
        <translation>Waiting for the index: %1 / %2</translation>
    </message>
    <message>
        <source>正在收回：%1 / %2</source>
        <translation>Taking back: %1 / %2</translation>
    </message>
    <message>
        <source>，还要 %1</source>
        <translation>, %1 left</translation>
    </message>
    <message>
        <source>新增</source>
        <translation>Added</translation>
    </message>
    <message>
        <source>与第 %1 行是同一主体</source>
        <translation>The same subject as line %1</translation>
    </message>
    <message>
        <source>这里只列前 %1 条，全部在“导出结果”里。</source>
        <translation>Only the first %1 are listed; Export result has all.</translation>
    </message>
    <message>
        <source>已撤销 · </source>
        <translation>Undone · </translation>
    </message>
    <message>
        <source>没有导完 · </source>
        <translation>Not finished · </translation>
    </message>
    <message>
        <source>新增 %1，修改 %2</source>
        <translation>%1 added, %2 changed</translation>
    </message>
    <message>
        <source>表格 (*.csv *.xlsx)</source>
        <translation>Tables (*.csv *.xlsx)</translation>
    </message>
    <message>
        <source>相似主体…</source>
        <translation>Alike…</translation>
    </message>
    <message>
        <source>比对导入的主体</source>
        <translation>Compare imported subjects</translation>
    </message>
    <message>
        <source>新增的当中，有没有库里已有、只是写法不同的</source>
        <translation>Whether one of those added is in the library already, written otherwise</translation>
    </message>
    <message>
        <source>没有这样的行。</source>
        <translation>No such rows.</translation>
    </message>
    <message>
        <source>还没有导入过。</source>
        <translation>Nothing was imported yet.</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::InventoryView</name>
    <message>
        <source>登记 </source>
        <translation>Register </translation>
    </message>
    <message>
        <source>设备登记消息</source>
        <translation>Register message</translation>
    </message>
    <message>
        <source>已登记 %1 %2，记入操作日志。</source>
        <translation>Registered: %1 %2; it stands in the operation log.</translation>
    </message>
    <message>
        <source>出库 · %1</source>
        <translation>Out · %1</translation>
    </message>
    <message>
        <source>入库 · %1</source>
        <translation>In · %1</translation>
    </message>
    <message>
        <source>设备与介质</source>
        <translation>Phones and media</translation>
    </message>
    <message>
        <source>设备与介质登记表</source>
        <translation>Register of phones and media</translation>
    </message>
    <message>
        <source>出库与入库</source>
        <translation>Out and in</translation>
    </message>
    <message>
        <source>现在在哪里</source>
        <translation>Where it is now</translation>
    </message>
    <message>
        <source>去处或柜位</source>
        <translation>Where to</translation>
    </message>
    <message>
        <source>出库写带到哪里，入库写放回哪个柜</source>
        <translation>Out: where it is taken; in: which safe</translation>
    </message>
    <message>
        <source>用途</source>
        <translation>What for</translation>
    </message>
    <message>
        <source>出库必填</source>
        <translation>required when taken out</translation>
    </message>
    <message>
        <source>出库</source>
        <translation>Out</translation>
    </message>
    <message>
        <source>出库或入库</source>
        <translation>Out or in</translation>
    </message>
    <message>
        <source>出入记录</source>
        <translation>Out and in so far</translation>
    </message>
    <message>
        <source>登记新的设备或介质</source>
        <translation>Register a phone or medium</translation>
    </message>
    <message>
        <source>手机</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>存储介质</source>
        <translation>Storage medium</translation>
    </message>
    <message>
        <source>登记 种类</source>
        <translation>Register kind</translation>
    </message>
    <message>
        <source>种类</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>资产编号</source>
        <translation>Asset number</translation>
    </message>
    <message>
        <source>每件一个，不重复</source>
        <translation>one for each thing</translation>
    </message>
    <message>
        <source>型号</source>
        <translation>Model</translation>
    </message>
    <message>
        <source>手机型号，或介质的种类和容量</source>
        <translation>of the phone, or kind and size of the medium</translation>
    </message>
    <message>
        <source>序列号</source>
        <translation>Serial number</translation>
    </message>
    <message>
        <source>手机必填</source>
        <translation>required for phones</translation>
    </message>
    <message>
        <source>存放柜位</source>
        <translation>Safe</translation>
    </message>
    <message>
        <source>例如 三楼保密柜 2 号</source>
        <translation>e.g. 3rd floor, safe 2</translation>
    </message>
    <message>
        <source>登记入库</source>
        <translation>Register</translation>
    </message>
    <message>
        <source>已出库</source>
        <translation>Out</translation>
    </message>
    <message>
        <source>在库</source>
        <translation>In</translation>
    </message>
    <message>
        <source>还没有登记。手机和存储介质登记后，谁在什么时候取走、放回都有记录。</source>
        <translation>Nothing is registered yet. Once phones and media are, it stands here who took and returned them, and when.</translation>
    </message>
    <message>
        <source>%1 已由 %2 于 %3 取出，带到：%4，用途：%5</source>
        <translation>%1 was taken out by %2 at %3, to: %4, for: %5</translation>
    </message>
    <message>
        <source>%1 在库，存放于：%2</source>
        <translation>%1 is in, kept in: %2</translation>
    </message>
    <message>
        <source>入库</source>
        <translation>In</translation>
    </message>
    <message>
        <source>登记人是现在登录的执法人员，每次登记、出库、入库都记入操作日志。</source>
        <translation>In the name of the officer who is logged in; each entry stands in the operation log.</translation>
    </message>
    <message>
        <source>没有执法人员登录，不能登记。</source>
        <translation>No officer is logged in: nothing can be entered.</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::ItemEditor</name>
    <message>
        <source>说明状态</source>
        <translation>State of the description</translation>
    </message>
    <message>
        <source>说明 页面种类</source>
        <translation>Description: kind of page</translation>
    </message>
    <message>
        <source>说明 标题</source>
        <translation>Description: title</translation>
    </message>
    <message>
        <source>证明对象</source>
        <translation>What it proves</translation>
    </message>
    <message>
        <source>这一页证明什么（必填）</source>
        <translation>What this page proves (required)</translation>
    </message>
    <message>
        <source>说明 访问方式</source>
        <translation>Description: access</translation>
    </message>
    <message>
        <source>公开</source>
        <translation>Public</translation>
    </message>
    <message>
        <source>登录可见</source>
        <translation>After login</translation>
    </message>
    <message>
        <source>非公开</source>
        <translation>Not public</translation>
    </message>
    <message>
        <source>说明 取得依据</source>
        <translation>Description: basis</translation>
    </message>
    <message>
        <source>登录可见或非公开时必填</source>
        <translation>Required unless public</translation>
    </message>
    <message>
        <source>保存说明</source>
        <translation>Save description</translation>
    </message>
    <message>
        <source>采用建议文字</source>
        <translation>Use suggestion</translation>
    </message>
    <message>
        <source>种类</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>标题</source>
        <translation>Title</translation>
    </message>
    <message>
        <source>访问</source>
        <translation>Access</translation>
    </message>
    <message>
        <source>依据</source>
        <translation>Basis</translation>
    </message>
    <message>
        <source>取证 %1 的说明</source>
        <translation>Description of capture %1</translation>
    </message>
    <message>
        <source>未保存</source>
        <translation>Not saved</translation>
    </message>
    <message>
        <source>待说明</source>
        <translation>To be described</translation>
    </message>
    <message>
        <source>已保存</source>
        <translation>Saved</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::JournalCard</name>
    <message>
        <source>日志</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>要点</source>
        <translation>Main points</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>日志 要点</source>
        <translation>Journal: main points</translation>
    </message>
    <message>
        <source>日志 全部</source>
        <translation>Journal: all lines</translation>
    </message>
    <message>
        <source>证据包日志</source>
        <translation>Package journal</translation>
    </message>
    <message>
        <source>要点 %1</source>
        <translation>Main %1</translation>
    </message>
    <message>
        <source>全部 %1</source>
        <translation>All %1</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::LogModel</name>
    <message>
        <source>打开工作站</source>
        <translation>Workstation opened</translation>
    </message>
    <message>
        <source>关闭工作站</source>
        <translation>Workstation closed</translation>
    </message>
    <message>
        <source>登录</source>
        <translation>Login</translation>
    </message>
    <message>
        <source>开始取证</source>
        <translation>Start capture</translation>
    </message>
    <message>
        <source>封存</source>
        <translation>Sealed</translation>
    </message>
    <message>
        <source>校验</source>
        <translation>Verified</translation>
    </message>
    <message>
        <source>导出</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>生成报告</source>
        <translation>Make report</translation>
    </message>
    <message>
        <source>打印报告</source>
        <translation>Print report</translation>
    </message>
    <message>
        <source>查看证据包</source>
        <translation>View package</translation>
    </message>
    <message>
        <source>恢复</source>
        <translation>Recovered</translation>
    </message>
    <message>
        <source>拒绝删除</source>
        <translation>Deletion refused</translation>
    </message>
    <message>
        <source>证据包</source>
        <translation>Package</translation>
    </message>
    <message>
        <source>结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>结论</source>
        <translation>Verdict</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>指纹</source>
        <translation>Fingerprint</translation>
    </message>
    <message>
        <source>文件</source>
        <translation>File</translation>
    </message>
    <message>
        <source>版次</source>
        <translation>Edition</translation>
    </message>
    <message>
        <source>手机</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>指令</source>
        <translation>Order</translation>
    </message>
    <message>
        <source>程序</source>
        <translation>Program</translation>
    </message>
    <message>
        <source>版本</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>工作站</source>
        <translation>Station</translation>
    </message>
    <message>
        <source>丢失</source>
        <translation>Lost</translation>
    </message>
    <message>
        <source>已开始</source>
        <translation>started</translation>
    </message>
    <message>
        <source>没有成功</source>
        <translation>failed</translation>
    </message>
    <message>
        <source>完整</source>
        <translation>Complete</translation>
    </message>
    <message>
        <source>不完整</source>
        <translation>Incomplete</translation>
    </message>
    <message>
        <source>练习</source>
        <translation>Practice</translation>
    </message>
    <message>
        <source>损坏</source>
        <translation>Damaged</translation>
    </message>
    <message>
        <source>无法判定</source>
        <translation>Cannot tell</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>人员</source>
        <translation>Officer</translation>
    </message>
    <message>
        <source>操作</source>
        <translation>Act</translation>
    </message>
    <message>
        <source>内容</source>
        <translation>Content</translation>
    </message>
    <message>
        <source>序号</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>接收人</source>
        <translation>Receiver</translation>
    </message>
    <message>
        <source>介质</source>
        <translation>Medium</translation>
    </message>
    <message>
        <source>移交记录</source>
        <translation>Hand-over record</translation>
    </message>
    <message>
        <source>已签名</source>
        <translation>signed</translation>
    </message>
    <message>
        <source>登录失败</source>
        <translation>Login failed</translation>
    </message>
    <message>
        <source>退出或锁定</source>
        <translation>Logged out or locked</translation>
    </message>
    <message>
        <source>更换口令</source>
        <translation>Change passphrase</translation>
    </message>
    <message>
        <source>执法证号</source>
        <translation>badge</translation>
    </message>
    <message>
        <source>已锁定</source>
        <translation>Locked</translation>
    </message>
    <message>
        <source>无人操作，自动锁定</source>
        <translation>locked: nobody was there</translation>
    </message>
    <message>
        <source>已退出</source>
        <translation>logged out</translation>
    </message>
    <message>
        <source>复核</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>补盖时间戳</source>
        <translation>Fetch time stamps</translation>
    </message>
    <message>
        <source>补签</source>
        <translation>Sign later</translation>
    </message>
    <message>
        <source>续期时间戳</source>
        <translation>Renew time stamps</translation>
    </message>
    <message>
        <source>核验证明</source>
        <translation>Certificate</translation>
    </message>
    <message>
        <source>导入</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>复查证据库</source>
        <translation>Scrub</translation>
    </message>
    <message>
        <source>发现损坏</source>
        <translation>Damage found</translation>
    </message>
    <message>
        <source>用副本修复</source>
        <translation>Repaired from the copy</translation>
    </message>
    <message>
        <source>更新副本</source>
        <translation>Update the copy</translation>
    </message>
    <message>
        <source>加密</source>
        <translation>Encrypted</translation>
    </message>
    <message>
        <source>复核人</source>
        <translation>Reviewed by</translation>
    </message>
    <message>
        <source>文件数</source>
        <translation>Files</translation>
    </message>
    <message>
        <source>包数</source>
        <translation>Packages</translation>
    </message>
    <message>
        <source>已修复</source>
        <translation>Repaired</translation>
    </message>
    <message>
        <source>取得</source>
        <translation>Came</translation>
    </message>
    <message>
        <source>仍缺</source>
        <translation>Still missing</translation>
    </message>
    <message>
        <source>确认</source>
        <translation>Confirm</translation>
    </message>
    <message>
        <source>不予确认</source>
        <translation>Refuse</translation>
    </message>
    <message>
        <source>日志时间戳</source>
        <translation>Log time stamp</translation>
    </message>
    <message>
        <source>登记节点</source>
        <translation>Node</translation>
    </message>
    <message>
        <source>重建目录</source>
        <translation>Catalogue made anew</translation>
    </message>
    <message>
        <source>设备与介质</source>
        <translation>Phones and media</translation>
    </message>
    <message>
        <source>办理</source>
        <translation>act</translation>
    </message>
    <message>
        <source>节点</source>
        <translation>Nodes</translation>
    </message>
    <message>
        <source>地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>主机密钥</source>
        <translation>host key</translation>
    </message>
    <message>
        <source>资产编号</source>
        <translation>Asset number</translation>
    </message>
    <message>
        <source>种类</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>地点</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>序列号</source>
        <translation>Serial number</translation>
    </message>
    <message>
        <source>登记</source>
        <translation>entered</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>removed</translation>
    </message>
    <message>
        <source>核对主机密钥</source>
        <translation>host key confirmed</translation>
    </message>
    <message>
        <source>登记入库</source>
        <translation>Register</translation>
    </message>
    <message>
        <source>出库</source>
        <translation>Out</translation>
    </message>
    <message>
        <source>入库</source>
        <translation>In</translation>
    </message>
    <message>
        <source>存储介质</source>
        <translation>Storage medium</translation>
    </message>
    <message>
        <source>补写组记录</source>
        <translation>Group record written</translation>
    </message>
    <message>
        <source>组</source>
        <translation>Group</translation>
    </message>
    <message>
        <source>同组证据包</source>
        <translation>Packages of the group</translation>
    </message>
    <message>
        <source>没有的</source>
        <translation>Missing</translation>
    </message>
    <message>
        <source>取证脚本</source>
        <translation>Capture scripts</translation>
    </message>
    <message>
        <source>解锁工作站密钥</source>
        <translation>Unlock the workstation&apos;s key</translation>
    </message>
    <message>
        <source>主体库</source>
        <translation>Subject library</translation>
    </message>
    <message>
        <source>推送主体</source>
        <translation>Subjects pushed</translation>
    </message>
    <message>
        <source>巡检</source>
        <translation>Entries checked</translation>
    </message>
    <message>
        <source>监测任务</source>
        <translation>Tasks</translation>
    </message>
    <message>
        <source>监测任务没有办成</source>
        <translation>Monitoring task, not done</translation>
    </message>
    <message>
        <source>监测结果关联主体</source>
        <translation>Result linked to subject</translation>
    </message>
    <message>
        <source>导入放假通知</source>
        <translation>Holiday notice imported</translation>
    </message>
    <message>
        <source>监测任务表单</source>
        <translation>Task form printed</translation>
    </message>
    <message>
        <source>备份工作站</source>
        <translation>Station backed up</translation>
    </message>
    <message>
        <source>恢复备份</source>
        <translation>Backup restored</translation>
    </message>
    <message>
        <source>日志没有写到磁盘</source>
        <translation>Log did not reach the disk</translation>
    </message>
    <message>
        <source>日志末行残缺</source>
        <translation>Last log line torn</translation>
    </message>
    <message>
        <source>编号规则</source>
        <translation>Numbering rule</translation>
    </message>
    <message>
        <source>监测任务分析</source>
        <translation>Analysis of tasks</translation>
    </message>
    <message>
        <source>做了什么</source>
        <translation>act</translation>
    </message>
    <message>
        <source>主体号</source>
        <translation>subject</translation>
    </message>
    <message>
        <source>来自主体号</source>
        <translation>from subject</translation>
    </message>
    <message>
        <source>项数</source>
        <translation>values</translation>
    </message>
    <message>
        <source>找到</source>
        <translation>found</translation>
    </message>
    <message>
        <source>批次</source>
        <translation>batch</translation>
    </message>
    <message>
        <source>来源</source>
        <translation>source</translation>
    </message>
    <message>
        <source>主体数</source>
        <translation>subjects</translation>
    </message>
    <message>
        <source>到期</source>
        <translation>due</translation>
    </message>
    <message>
        <source>已查</source>
        <translation>checked</translation>
    </message>
    <message>
        <source>打不开</source>
        <translation>unreachable</translation>
    </message>
    <message>
        <source>已下架</source>
        <translation>gone</translation>
    </message>
    <message>
        <source>内容可疑</source>
        <translation>suspect content</translation>
    </message>
    <message>
        <source>移入异常库</source>
        <translation>to the abnormal library</translation>
    </message>
    <message>
        <source>移回</source>
        <translation>back</translation>
    </message>
    <message>
        <source>查看</source>
        <translation>shown</translation>
    </message>
    <message>
        <source>查找</source>
        <translation>looked for</translation>
    </message>
    <message>
        <source>合并时转移</source>
        <translation>moved in a merge</translation>
    </message>
    <message>
        <source>撤销时收回</source>
        <translation>taken back by an undo</translation>
    </message>
    <message>
        <source>证件号码</source>
        <translation>identity number</translation>
    </message>
    <message>
        <source>动用敏感信息</source>
        <translation>Use of sensitive values</translation>
    </message>
    <message>
        <source>同步到中心系统</source>
        <translation>Sent to the central server</translation>
    </message>
    <message>
        <source>同步主体和标签</source>
        <translation>Subjects and tags in common</translation>
    </message>
    <message>
        <source>决定两边的改动</source>
        <translation>Decided what both ends changed</translation>
    </message>
    <message>
        <source>下达触发取证指令</source>
        <translation>Ordered a triggered capture</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::LogPage</name>
    <message>
        <source>操作日志消息</source>
        <translation>Operation log message</translation>
    </message>
    <message>
        <source>日志链结论</source>
        <translation>Log chain verdict</translation>
    </message>
    <message>
        <source>操作日志</source>
        <translation>Operation log</translation>
    </message>
    <message>
        <source>搜索操作日志</source>
        <translation>Search operation log</translation>
    </message>
    <message>
        <source>时间、人员、编号、指纹</source>
        <translation>Time, officer, number, fingerprint</translation>
    </message>
    <message>
        <source>操作种类</source>
        <translation>Kind of act</translation>
    </message>
    <message>
        <source>操作日志表</source>
        <translation>Operation log table</translation>
    </message>
    <message>
        <source>日志原文</source>
        <translation>Log line as written</translation>
    </message>
    <message>
        <source>%1 / %2 条</source>
        <translation>%1 of %2</translation>
    </message>
    <message>
        <source>全部操作</source>
        <translation>All acts</translation>
    </message>
    <message>
        <source>日志链在第 %1 条断开：这一条或它之后有改动。请保全这台电脑并报告管理员；证据包各有自己的日志链，请到证据库逐一校验。</source>
        <translation>The log&apos;s chain breaks at line %1: this line or one after it was changed. Secure this computer and tell the administrator; each package has a chain of its own, verify them one by one in the vault.</translation>
    </message>
    <message>
        <source>日志 %1 条首尾成链，没有改动。链头 %2</source>
        <translation>%1 log lines form one chain, unchanged. Head %2</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::LoginPage</name>
    <message>
        <source>登录</source>
        <translation>Log in</translation>
    </message>
    <message>
        <source>登录的工作站</source>
        <translation>Station to log in to</translation>
    </message>
    <message>
        <source>锁定说明</source>
        <translation>About the lock</translation>
    </message>
    <message>
        <source>登录人员</source>
        <translation>Officer to log in</translation>
    </message>
    <message>
        <source>口令</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>登录消息</source>
        <translation>Login message</translation>
    </message>
    <message>
        <source>登录按钮</source>
        <translation>Log in button</translation>
    </message>
    <message>
        <source>人员</source>
        <translation>People</translation>
    </message>
    <message>
        <source>登录就是用口令打开自己的密钥。口令输错，下一次要等得更久；忘记口令不影响已封存的证据，请管理员补发。</source>
        <translation>Logging in is unlocking your key. After a wrong passphrase the next attempt waits longer. A forgotten passphrase does not affect sealed evidence: have a new certificate issued.</translation>
    </message>
    <message>
        <source>（密钥不在本机）</source>
        <translation> (key not on this machine)</translation>
    </message>
    <message>
        <source>正在打开工作站…</source>
        <translation>Opening the station…</translation>
    </message>
    <message>
        <source>已锁定</source>
        <translation>Locked</translation>
    </message>
    <message>
        <source>工作站 %1</source>
        <translation>station %1</translation>
    </message>
    <message>
        <source>取证没有停：录像、日志和时间戳都在继续，手机不接受操作。只有本次的取证人员可以解锁：%1。</source>
        <translation>The capture has not stopped: recording, journal and time stamps go on; the phone takes no input. Only the officers of this capture can unlock: %1.</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>无人操作时工作站自动锁定，密钥已从内存清除。证据不受影响。</source>
        <translation>The station locks itself when nobody is there; the keys have been wiped from memory. Evidence is not affected.</translation>
    </message>
    <message>
        <source>正在打开密钥…</source>
        <translation>Unlocking the key…</translation>
    </message>
    <message>
        <source>解锁</source>
        <translation>Unlock</translation>
    </message>
    <message>
        <source>策略的人员文件夹中没有执法人员的证书，谁也不能登录。请管理员用 guzheng-evidence ca issue 签发，或放入已有的证书。</source>
        <translation>The policy&apos;s people folder holds no officer&apos;s certificate, so nobody can log in. Have one issued (guzheng-evidence ca issue) or put existing ones there.</translation>
    </message>
    <message>
        <source>%1 已解锁。本次取证两人都持密钥在场，还需另一人的口令。</source>
        <translation>%1 is back. Both officers of this capture hold their keys here: the other passphrase is needed too.</translation>
    </message>
    <message>
        <source>%1 秒后可再试。</source>
        <translation> Try again in %1 s.</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::MainWindow</name>
    <message>
        <source>固证</source>
        <translation>Guzheng</translation>
    </message>
    <message>
        <source>工作站消息</source>
        <translation>Workstation message</translation>
    </message>
    <message>
        <source>重试</source>
        <translation>Retry</translation>
    </message>
    <message>
        <source>重新打开工作站</source>
        <translation>Open the workstation again</translation>
    </message>
    <message>
        <source>远程取证</source>
        <translation>Capture</translation>
    </message>
    <message>
        <source>证据库</source>
        <translation>Vault</translation>
    </message>
    <message>
        <source>操作日志</source>
        <translation>Operation log</translation>
    </message>
    <message>
        <source>页面 </source>
        <translation>Page </translation>
    </message>
    <message>
        <source>正在取证，窗口没有关闭。请先“结束并封存”（F10），再关闭窗口。</source>
        <translation>A capture is running, so the window stays open. End and seal first (F10), then close it.</translation>
    </message>
    <message>
        <source>已锁定</source>
        <translation>Locked</translation>
    </message>
    <message>
        <source>登录</source>
        <translation>Log in</translation>
    </message>
    <message>
        <source>正在取证，窗口没有关闭。请先解锁，再“结束并封存”。</source>
        <translation>A capture is running: the window was not closed. Unlock first, then End and seal.</translation>
    </message>
    <message>
        <source>设置</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>%1 的副本没有跟上：介质不在或写不进去。接好介质后在“证据库体检”中更新副本。</source>
        <translation>The copy of %1 did not follow: its medium is away or cannot be written. Connect it and update the copy in the vault&apos;s check-up.</translation>
    </message>
    <message>
        <source>%1 已封存，但没有加密：内容仍是明文文件。原因见操作日志，下次启动时再试。</source>
        <translation>%1 is sealed but not encrypted: its content still lies in plain files. The operation log says why; it is tried again at the next start.</translation>
    </message>
    <message>
        <source>节点</source>
        <translation>Nodes</translation>
    </message>
    <message>
        <source>主体</source>
        <translation>Subjects</translation>
    </message>
    <message>
        <source>工作台</source>
        <translation>Desk</translation>
    </message>
    <message>
        <source>监测任务</source>
        <translation>Tasks</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::MarksWindow</name>
    <message>
        <source>品类“%1” → 数据级别 %2</source>
        <translation>Category &quot;%1&quot; → level %2</translation>
    </message>
    <message>
        <source>地区 %1 → 数据地域 %2</source>
        <translation>Region %1 → data region %2</translation>
    </message>
    <message>
        <source>没有样本，是自定的规则</source>
        <translation>No samples: a rule of your own</translation>
    </message>
    <message>
        <source>%1 个样本，%2 个如此（%3%）</source>
        <translation>%1 samples, %2 of them so (%3%)</translation>
    </message>
    <message>
        <source>已确认</source>
        <translation>Agreed</translation>
    </message>
    <message>
        <source>不采用</source>
        <translation>Refused</translation>
    </message>
    <message>
        <source>建议</source>
        <translation>Proposed</translation>
    </message>
    <message>
        <source>样本少或不一致</source>
        <translation>Few or not agreeing</translation>
    </message>
    <message>
        <source>；%1 个主体还没有标识</source>
        <translation>; %1 subjects have no mark</translation>
    </message>
    <message>
        <source>%1 于 %2 确认</source>
        <translation>Agreed by %1, %2</translation>
    </message>
    <message>
        <source>%1 于 %2 不采用</source>
        <translation>Refused by %1, %2</translation>
    </message>
    <message>
        <source>标识</source>
        <translation>Marks</translation>
    </message>
    <message>
        <source>标识消息</source>
        <translation>Messages of marking</translation>
    </message>
    <message>
        <source>没有要标识的：都已有标识。</source>
        <translation>Nothing to mark: all have their marks.</translation>
    </message>
    <message>
        <source>已标识 %1 个主体，记入操作日志，可以撤销。</source>
        <translation>%1 subjects marked; it stands in the operation log and can be undone.</translation>
    </message>
    <message>
        <source>建议的标识</source>
        <translation>Proposed marks</translation>
    </message>
    <message>
        <source>已有数据级别、数据地域的主体作样本：同一品类或同一城市的样本大多一致，就建议给还没有的标上同样的。确认后才标，已有的标识不改。</source>
        <translation>Subjects with a level or data region are the samples: where most of one category or one city agree, the same is proposed for those without. Nothing is marked before you agree; marks that are there stay.</translation>
    </message>
    <message>
        <source>标识情况</source>
        <translation>State of marking</translation>
    </message>
    <message>
        <source>标识建议列表</source>
        <translation>List of proposed marks</translation>
    </message>
    <message>
        <source>还没有样本：给一些主体填上数据级别或数据地域，或在下面自定规则。</source>
        <translation>No samples yet: give some subjects a level or data region, or make a rule below.</translation>
    </message>
    <message>
        <source>确认</source>
        <translation>Agree</translation>
    </message>
    <message>
        <source>确认标识规则</source>
        <translation>Agree to the mark</translation>
    </message>
    <message>
        <source>不采用标识规则</source>
        <translation>Refuse the mark</translation>
    </message>
    <message>
        <source>恢复待定</source>
        <translation>Open again</translation>
    </message>
    <message>
        <source>标识规则恢复待定</source>
        <translation>Leave the mark open again</translation>
    </message>
    <message>
        <source>自定规则</source>
        <translation>A rule of your own</translation>
    </message>
    <message>
        <source>主营品类是</source>
        <translation>Main category is</translation>
    </message>
    <message>
        <source>地区代码前四位是</source>
        <translation>Region begins with</translation>
    </message>
    <message>
        <source>标识规则的条件</source>
        <translation>What the rule is for</translation>
    </message>
    <message>
        <source>标识规则的数据地域</source>
        <translation>Data region of the rule</translation>
    </message>
    <message>
        <source>数据地域代码，2、4 或 6 位</source>
        <translation>Data region, 2, 4 or 6 digits</translation>
    </message>
    <message>
        <source>添加并确认</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>标为</source>
        <translation>mark as</translation>
    </message>
    <message>
        <source>撤销</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>撤销标识</source>
        <translation>Undo, marks</translation>
    </message>
    <message>
        <source>标识进度</source>
        <translation>Progress of marking</translation>
    </message>
    <message>
        <source>停下</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>停下标识</source>
        <translation>Stop marking</translation>
    </message>
    <message>
        <source>按已确认的标识</source>
        <translation>Mark by what was agreed</translation>
    </message>
    <message>
        <source>已撤销上一步。</source>
        <translation>The last step was undone.</translation>
    </message>
    <message>
        <source>共 %1 个主体；%2 条：已确认 %3，不采用 %4，待定 %5。已确认的能标 %6 处。</source>
        <translation>%1 subjects; %2 rules: %3 agreed, %4 refused, %5 open. What was agreed can mark %6.</translation>
    </message>
    <message>
        <source>正在标识，已看过 %1 个主体…</source>
        <translation>Marking, %1 subjects looked at…</translation>
    </message>
    <message>
        <source>正在统计样本…</source>
        <translation>Counting samples…</translation>
    </message>
    <message>
        <source>品类全名，例如 保健食品</source>
        <translation>Whole name of the category</translation>
    </message>
    <message>
        <source>例如 3301</source>
        <translation>e.g. 3301</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::MatchWindow</name>
    <message>
        <source>比对：%1</source>
        <translation>Compare: %1</translation>
    </message>
    <message>
        <source>比对消息</source>
        <translation>Compare message</translation>
    </message>
    <message>
        <source>可能是同一主体</source>
        <translation>Possibly the same subject</translation>
    </message>
    <message>
        <source>比对进度</source>
        <translation>Compare progress</translation>
    </message>
    <message>
        <source>相似主体列表</source>
        <translation>Alike subjects</translation>
    </message>
    <message>
        <source>并排对照</source>
        <translation>Side by side</translation>
    </message>
    <message>
        <source>不同之处</source>
        <translation>Differences</translation>
    </message>
    <message>
        <source>撤销</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>撤销比对</source>
        <translation>Undo decision</translation>
    </message>
    <message>
        <source>不是同一主体</source>
        <translation>Not the same</translation>
    </message>
    <message>
        <source>是同一个，留右边的</source>
        <translation>Same, keep right</translation>
    </message>
    <message>
        <source>是同一个，留左边的</source>
        <translation>Same, keep left</translation>
    </message>
    <message>
        <source>正在比对 %1 / %2…</source>
        <translation>Comparing %1 / %2…</translation>
    </message>
    <message>
        <source>正在比对…</source>
        <translation>Comparing…</translation>
    </message>
    <message>
        <source>名称相似 %1%</source>
        <translation>Names %1% alike</translation>
    </message>
    <message>
        <source>没有待判断的相似主体。</source>
        <translation>No alike subjects to decide on.</translation>
    </message>
    <message>
        <source>%1 对待判断</source>
        <translation>%1 pairs to decide</translation>
    </message>
    <message>
        <source>先列 %1 对，判断后再列其余</source>
        <translation>The first %1 pairs; the rest follow</translation>
    </message>
    <message>
        <source>左边 </source>
        <translation>Left </translation>
    </message>
    <message>
        <source>右边 </source>
        <translation>Right </translation>
    </message>
    <message>
        <source>不同：</source>
        <translation>differs: </translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>简称</source>
        <translation>Short name</translation>
    </message>
    <message>
        <source>信用代码</source>
        <translation>Credit code</translation>
    </message>
    <message>
        <source>注册号</source>
        <translation>Registration no.</translation>
    </message>
    <message>
        <source>主体种类</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>登记状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>地区代码</source>
        <translation>Region code</translation>
    </message>
    <message>
        <source>行业代码</source>
        <translation>Industry code</translation>
    </message>
    <message>
        <source>主营品类</source>
        <translation>Category</translation>
    </message>
    <message>
        <source>监管单位</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>店铺账号</source>
        <translation>Shops and accounts</translation>
    </message>
    <message>
        <source>标签</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>记录数</source>
        <translation>Records</translation>
    </message>
    <message>
        <source>%1 处不同</source>
        <translation>%1 differences</translation>
    </message>
    <message>
        <source>已合并到“%1”，记入变更历史，可以撤销。</source>
        <translation>Merged into “%1”, kept in its history; can be undone.</translation>
    </message>
    <message>
        <source>已记下：不是同一主体。以后不再提出，可以撤销。</source>
        <translation>Recorded: not the same. It is not proposed again; can be undone.</translation>
    </message>
    <message>
        <source>已撤销上一步。</source>
        <translation>The last step was undone.</translation>
    </message>
    <message>
        <source>没有待判断的。</source>
        <translation>Nothing to decide.</translation>
    </message>
    <message>
        <source>合并后，留下的主体补上空缺，并取得另一个的店铺账号、记录和标签；以后导入同样的行，就归到它。电话和证件号码不经显示、一并转过去，记入操作日志；撤销合并时收回。</source>
        <translation>After a merge the one that stays has its gaps filled and takes over shops, accounts, records and tags; rows like the other go to it from then on. Phone and identity numbers go along without being shown, which the operation log tells; an undo takes them back.</translation>
    </message>
    <message>
        <source>左边</source>
        <translation>Left</translation>
    </message>
    <message>
        <source>右边</source>
        <translation>Right</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::MessageBar</name>
    <message>
        <source>知道了</source>
        <translation>Dismiss</translation>
    </message>
    <message>
        <source>：知道了</source>
        <translation>: dismiss</translation>
    </message>
    <message>
        <source>内容</source>
        <translation>Content</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::MoveWindow</name>
    <message>
        <source>签名并%1</source>
        <translation>Sign: %1</translation>
    </message>
    <message>
        <source>理由 *</source>
        <translation>Reason *</translation>
    </message>
    <message>
        <source>依据 *</source>
        <translation>Legal basis *</translation>
    </message>
    <message>
        <source>法律、法规、规章的名称和条款</source>
        <translation>name and article of the law or rule</translation>
    </message>
    <message>
        <source>情况 *</source>
        <translation>Facts *</translation>
    </message>
    <message>
        <source>承办单位</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>转往单位</source>
        <translation>To unit</translation>
    </message>
    <message>
        <source>核查结论</source>
        <translation>Outcome</translation>
    </message>
    <message>
        <source>核查结论 *</source>
        <translation>Outcome *</translation>
    </message>
    <message>
        <source>措施 </source>
        <translation>Measure </translation>
    </message>
    <message>
        <source>措施 *</source>
        <translation>Measures *</translation>
    </message>
    <message>
        <source>延期原因</source>
        <translation>Why extended</translation>
    </message>
    <message>
        <source>延期原因 *</source>
        <translation>Why *</translation>
    </message>
    <message>
        <source> 延至</source>
        <translation> until</translation>
    </message>
    <message>
        <source>延至 *</source>
        <translation>Until *</translation>
    </message>
    <message>
        <source>目标</source>
        <translation>Target</translation>
    </message>
    <message>
        <source>并入结果 *</source>
        <translation>Into result *</translation>
    </message>
    <message>
        <source>转为任务 *</source>
        <translation>Into task *</translation>
    </message>
    <message>
        <source>证据包编号 *</source>
        <translation>Package id *</translation>
    </message>
    <message>
        <source>反馈材料</source>
        <translation>Feedback</translation>
    </message>
    <message>
        <source>反馈材料 *</source>
        <translation>Feedback *</translation>
    </message>
    <message>
        <source>文书 *</source>
        <translation>Documents *</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::NodesPage</name>
    <message>
        <source>节点消息</source>
        <translation>Nodes message</translation>
    </message>
    <message>
        <source>还没有登记节点。手机集中放在机房、接在节点上时，在“设置 → 节点”登记一次，这里和“远程取证”就会列出它的手机。</source>
        <translation>No node is entered yet. Where phones stand in a guarded room and hang on a node, enter it once in Settings → Nodes: its phones are listed here and in Capture from then on.</translation>
    </message>
    <message>
        <source>登记节点</source>
        <translation>Enter the node</translation>
    </message>
    <message>
        <source>去登记节点</source>
        <translation>Go and enter a node</translation>
    </message>
    <message>
        <source>节点</source>
        <translation>Nodes</translation>
    </message>
    <message>
        <source>登记与删除</source>
        <translation>Enter or remove</translation>
    </message>
    <message>
        <source>节点列表</source>
        <translation>List of nodes</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>立即查看</source>
        <translation>Look now</translation>
    </message>
    <message>
        <source>立即查看节点</source>
        <translation>Look at the node now</translation>
    </message>
    <message>
        <source>节点问题</source>
        <translation>Trouble of the node</translation>
    </message>
    <message>
        <source>手机</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>节点手机</source>
        <translation>Phones of the node</translation>
    </message>
    <message>
        <source>最近 24 小时</source>
        <translation>Last 24 hours</translation>
    </message>
    <message>
        <source>温度，每分钟一个点</source>
        <translation>Temperature, a point a minute</translation>
    </message>
    <message>
        <source>温度曲线</source>
        <translation>Temperature line</translation>
    </message>
    <message>
        <source>状态变化</source>
        <translation>Changes</translation>
    </message>
    <message>
        <source>状态变化，最新的在上</source>
        <translation>Changes, newest first</translation>
    </message>
    <message>
        <source>另有 %1 处</source>
        <translation>%1 more</translation>
    </message>
    <message>
        <source>：</source>
        <translation>: </translation>
    </message>
    <message>
        <source>无法判定</source>
        <translation>Cannot tell</translation>
    </message>
    <message>
        <source>（%1）</source>
        <translation> (%1)</translation>
    </message>
    <message>
        <source>节点状态 </source>
        <translation>Node state </translation>
    </message>
    <message>
        <source>地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>地点</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>没有填写</source>
        <translation>not given</translation>
    </message>
    <message>
        <source>连接</source>
        <translation>Line</translation>
    </message>
    <message>
        <source>已连通，主机密钥已登记</source>
        <translation>connected, host key confirmed</translation>
    </message>
    <message>
        <source>主机名</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>温度</source>
        <translation>Temperature</translation>
    </message>
    <message>
        <source>%1 °C，应在 35 °C 以下</source>
        <translation>%1 °C, to be below 35 °C</translation>
    </message>
    <message>
        <source>供电</source>
        <translation>Power</translation>
    </message>
    <message>
        <source>市电</source>
        <translation>mains</translation>
    </message>
    <message>
        <source>电池或不间断电源</source>
        <translation>battery or UPS</translation>
    </message>
    <message>
        <source>，电量 %1%</source>
        <translation>, charge %1%</translation>
    </message>
    <message>
        <source>网络接口</source>
        <translation>Network</translation>
    </message>
    <message>
        <source>没有连通的</source>
        <translation>none is up</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>磁盘</source>
        <translation>Disk</translation>
    </message>
    <message>
        <source>剩余 %1，共 %2</source>
        <translation>%1 free of %2</translation>
    </message>
    <message>
        <source>时钟</source>
        <translation>Clock</translation>
    </message>
    <message>
        <source>与本工作站相差 %1 毫秒</source>
        <translation>%1 ms from this workstation</translation>
    </message>
    <message>
        <source>，已对时</source>
        <translation>, synchronised</translation>
    </message>
    <message>
        <source>，没有对时</source>
        <translation>, not synchronised</translation>
    </message>
    <message>
        <source>协议 %1，程序 SHA-256 %2</source>
        <translation>protocol %1, program SHA-256 %2</translation>
    </message>
    <message>
        <source>没有运行</source>
        <translation>not running</translation>
    </message>
    <message>
        <source>电量 %1%</source>
        <translation>battery %1%</translation>
    </message>
    <message>
        <source>练习手机</source>
        <translation>Training phone</translation>
    </message>
    <message>
        <source>手机列表读不到：节点或它的 adb 服务没有回答，恢复后自己更新。</source>
        <translation>The phones cannot be listed: the node or its adb server does not answer. The list comes back by itself.</translation>
    </message>
    <message>
        <source>正在读取…</source>
        <translation>Reading…</translation>
    </message>
    <message>
        <source>节点上没有接手机。</source>
        <translation>No phone hangs on the node.</translation>
    </message>
    <message>
        <source>最低 %1 °C，最高 %2 °C，应在 35 °C 以下</source>
        <translation>lowest %1 °C, highest %2 °C, to be below 35 °C</translation>
    </message>
    <message>
        <source>没有温度记录</source>
        <translation>no temperature was kept</translation>
    </message>
    <message>
        <source>还没有记录</source>
        <translation>Nothing was kept yet</translation>
    </message>
    <message>
        <source>%1；状态变化，最新的在上</source>
        <translation>%1; changes, newest first</translation>
    </message>
    <message>
        <source>正常</source>
        <translation>Good</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::NodesView</name>
    <message>
        <source>节点登记消息</source>
        <translation>Node book message</translation>
    </message>
    <message>
        <source>已登记节点“%1”，记入操作日志。第一次连接前要核对它的主机密钥。</source>
        <translation>Node “%1” is entered; it stands in the operation log. Its host key is to be compared before the first connection.</translation>
    </message>
    <message>
        <source>已删除节点“%1”，记入操作日志。</source>
        <translation>Node “%1” is removed; it stands in the operation log.</translation>
    </message>
    <message>
        <source>已登记节点“%1”的主机密钥，核对人和指纹记入操作日志。</source>
        <translation>The host key of node “%1” is confirmed; who compared it and its fingerprint stand in the operation log.</translation>
    </message>
    <message>
        <source>已登记的节点</source>
        <translation>Nodes of this station</translation>
    </message>
    <message>
        <source>检测连接</source>
        <translation>Check</translation>
    </message>
    <message>
        <source>删除…</source>
        <translation>Remove…</translation>
    </message>
    <message>
        <source>删除节点</source>
        <translation>Remove the node</translation>
    </message>
    <message>
        <source>节点登记表</source>
        <translation>Book of nodes</translation>
    </message>
    <message>
        <source>节点连接状态</source>
        <translation>State of the connection</translation>
    </message>
    <message>
        <source>主机密钥指纹</source>
        <translation>Fingerprint of the host key</translation>
    </message>
    <message>
        <source>我已取得在节点上读出的指纹，与上面逐字相同</source>
        <translation>I have the fingerprint as read at the node; it is the same, letter by letter</translation>
    </message>
    <message>
        <source>已逐字核对指纹</source>
        <translation>Fingerprint compared</translation>
    </message>
    <message>
        <source>登记这把主机密钥</source>
        <translation>Confirm this host key</translation>
    </message>
    <message>
        <source>在节点上执行 ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub 读出，写在纸上带来，或请节点管理人员当面读。不要用网络传来的。</source>
        <translation>Read it at the node with ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub and bring it on paper, or have it read to you in person. Do not use one that came over the network.</translation>
    </message>
    <message>
        <source>删除节点的后果</source>
        <translation>What removing means</translation>
    </message>
    <message>
        <source>确认删除</source>
        <translation>Remove it</translation>
    </message>
    <message>
        <source>不删除</source>
        <translation>Keep it</translation>
    </message>
    <message>
        <source>删除节点“%1”后，它的手机不再列出，不能经它取证。已封存的证据和历史记录不受影响；主机密钥仍然记住，再登记同一地址时密钥变了仍会拒绝。删除记入操作日志。</source>
        <translation>Once node “%1” is removed its phones are no longer listed and cannot be captured through it. Sealed evidence and its history are not affected; its host key stays known, so that the same address with another key is still refused. Removing it stands in the operation log.</translation>
    </message>
    <message>
        <source>节点 </source>
        <translation>Node </translation>
    </message>
    <message>
        <source>选择…</source>
        <translation>Choose…</translation>
    </message>
    <message>
        <source>选择 </source>
        <translation>Choose </translation>
    </message>
    <message>
        <source>登记新节点</source>
        <translation>Enter a node</translation>
    </message>
    <message>
        <source>带 * 的必填</source>
        <translation>* required</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>例如 一号机房</source>
        <translation>e.g. Room 1</translation>
    </message>
    <message>
        <source>地点</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>写进证据</source>
        <translation>enters the evidence</translation>
    </message>
    <message>
        <source>主机</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>主机名或地址</source>
        <translation>name or address</translation>
    </message>
    <message>
        <source>SSH 端口</source>
        <translation>SSH port</translation>
    </message>
    <message>
        <source>用户</source>
        <translation>User</translation>
    </message>
    <message>
        <source>节点上的用户，例如 guzheng</source>
        <translation>on the node, e.g. guzheng</translation>
    </message>
    <message>
        <source>密钥文件</source>
        <translation>Key file</translation>
    </message>
    <message>
        <source>本工作站的 SSH 私钥</source>
        <translation>private SSH key of this workstation</translation>
    </message>
    <message>
        <source>证书文件</source>
        <translation>Certificate file</translation>
    </message>
    <message>
        <source>没有证书不填</source>
        <translation>empty if there is none</translation>
    </message>
    <message>
        <source>adb 端口</source>
        <translation>adb port</translation>
    </message>
    <message>
        <source>登记节点还缺</source>
        <translation>Still missing for the node</translation>
    </message>
    <message>
        <source>登记节点</source>
        <translation>Enter the node</translation>
    </message>
    <message>
        <source>没有执法人员登录，不能登记。</source>
        <translation>No officer is logged in: nothing can be entered.</translation>
    </message>
    <message>
        <source>还缺：%1</source>
        <translation>Missing: %1</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>adb 端口 %1</source>
        <translation>adb port %1</translation>
    </message>
    <message>
        <source>还没有登记节点。命令行 guzheng-evidence node 登记的也会列在这里。</source>
        <translation>No node is entered yet. Those entered by guzheng-evidence node are listed here too.</translation>
    </message>
    <message>
        <source>正在连接…</source>
        <translation>Connecting…</translation>
    </message>
    <message>
        <source>连接正常，%1 有应答。</source>
        <translation>The connection is good; it answered at %1.</translation>
    </message>
    <message>
        <source>：</source>
        <translation>: </translation>
    </message>
    <message>
        <source>“%1”出示的主机密钥，请核对指纹</source>
        <translation>Host key shown by “%1”: compare its fingerprint</translation>
    </message>
    <message>
        <source>“%1”现在出示的主机密钥，与登记的不同</source>
        <translation>Host key that “%1” shows now: not the one known</translation>
    </message>
    <message>
        <source>核对人：%1。核对人、时间和指纹记入操作日志。</source>
        <translation>Compared by: %1. Who, when and the fingerprint will stand in the operation log.</translation>
    </message>
    <message>
        <source>单位的策略没有列明 %1 可以登记主机密钥，请由列明的人员核对、登记。</source>
        <translation>The bureau&apos;s policy does not name %1 as one who enters host keys: somebody it names must compare and enter it.</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::NoticeWindow</name>
    <message>
        <source>通知</source>
        <translation>Notices</translation>
    </message>
    <message>
        <source>通知消息</source>
        <translation>Notices message</translation>
    </message>
    <message>
        <source>通知 监管单位</source>
        <translation>Notices unit</translation>
    </message>
    <message>
        <source>已读的也列出</source>
        <translation>Show read ones too</translation>
    </message>
    <message>
        <source>通知数</source>
        <translation>Number of notices</translation>
    </message>
    <message>
        <source>监管单位</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>导入和推送中与已知主体匹配的</source>
        <translation>Known subjects met by imports and pushes</translation>
    </message>
    <message>
        <source>通知列表</source>
        <translation>List of notices</translation>
    </message>
    <message>
        <source>全部标为已读</source>
        <translation>Mark all as read</translation>
    </message>
    <message>
        <source>标为已读</source>
        <translation>Mark as read</translation>
    </message>
    <message>
        <source>打开主体</source>
        <translation>Open subject</translation>
    </message>
    <message>
        <source>打开通知的主体</source>
        <translation>Open the notice&apos;s subject</translation>
    </message>
    <message>
        <source>全部单位</source>
        <translation>All units</translation>
    </message>
    <message>
        <source>没有监管单位的</source>
        <translation>Without a unit</translation>
    </message>
    <message>
        <source>（主体已不在库中）</source>
        <translation>(subject no longer in the library)</translation>
    </message>
    <message>
        <source>没有监管单位</source>
        <translation>No unit</translation>
    </message>
    <message>
        <source>%1 已读 %2</source>
        <translation>Read by %1, %2</translation>
    </message>
    <message>
        <source>未读</source>
        <translation>Unread</translation>
    </message>
    <message>
        <source>列出 %1 条，未读共 %2 条</source>
        <translation>%1 listed, %2 unread</translation>
    </message>
    <message>
        <source>没有未读的通知。</source>
        <translation>No unread notices.</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::OrderForm</name>
    <message>
        <source>主体</source>
        <translation>Subject</translation>
    </message>
    <message>
        <source>营业执照上的名称</source>
        <translation>Name on the business licence</translation>
    </message>
    <message>
        <source>信用代码</source>
        <translation>Credit code</translation>
    </message>
    <message>
        <source>18 位统一社会信用代码</source>
        <translation>Unified social credit code, 18 characters</translation>
    </message>
    <message>
        <source>店铺</source>
        <translation>Shop</translation>
    </message>
    <message>
        <source>页面上显示的店铺名称</source>
        <translation>Shop name as shown</translation>
    </message>
    <message>
        <source>平台</source>
        <translation>Platform</translation>
    </message>
    <message>
        <source>应用、小程序或网站的名称</source>
        <translation>App, mini-program or site</translation>
    </message>
    <message>
        <source>权属</source>
        <translation>Ownership</translation>
    </message>
    <message>
        <source>谁的店铺，在谁的平台</source>
        <translation>Whose shop, on whose platform</translation>
    </message>
    <message>
        <source>取证事由</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>为什么取证</source>
        <translation>Why evidence is taken</translation>
    </message>
    <message>
        <source>取证内容</source>
        <translation>Content</translation>
    </message>
    <message>
        <source>要取哪些页面</source>
        <translation>Which pages</translation>
    </message>
    <message>
        <source>任务</source>
        <translation>Task</translation>
    </message>
    <message>
        <source>监测任务或来源</source>
        <translation>Monitoring task or source</translation>
    </message>
    <message>
        <source>指令编号</source>
        <translation>Order no.</translation>
    </message>
    <message>
        <source>案号</source>
        <translation>Case no.</translation>
    </message>
    <message>
        <source>未立案可不填</source>
        <translation>Empty before filing</translation>
    </message>
    <message>
        <source>法律依据</source>
        <translation>Legal basis</translation>
    </message>
    <message>
        <source>链接</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>店铺或页面的网址</source>
        <translation>Address of the shop or page</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::PackageCard</name>
    <message>
        <source>证据库</source>
        <translation>Vault</translation>
    </message>
    <message>
        <source>刷新</source>
        <translation>Refresh</translation>
    </message>
    <message>
        <source>刷新证据库</source>
        <translation>Refresh vault</translation>
    </message>
    <message>
        <source>搜索证据</source>
        <translation>Search evidence</translation>
    </message>
    <message>
        <source>编号、主体、店铺、指纹、日期</source>
        <translation>Number, subject, shop, fingerprint, date</translation>
    </message>
    <message>
        <source>证据包列表</source>
        <translation>Package list</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>读不出</source>
        <translation>Unreadable</translation>
    </message>
    <message>
        <source>损坏</source>
        <translation>Damaged</translation>
    </message>
    <message>
        <source>已封存</source>
        <translation>Sealed</translation>
    </message>
    <message>
        <source>不完整</source>
        <translation>Incomplete</translation>
    </message>
    <message>
        <source>待时间戳</source>
        <translation>Time stamp pending</translation>
    </message>
    <message>
        <source>待签</source>
        <translation>Signature pending</translation>
    </message>
    <message>
        <source>有报告</source>
        <translation>Report</translation>
    </message>
    <message>
        <source>练习</source>
        <translation>Practice</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>完整</source>
        <translation>Complete</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>筛选 </source>
        <translation>Filter </translation>
    </message>
    <message>
        <source>%1 没有封存：程序或电脑中途停了。录到的内容都在。</source>
        <translation>%1 was not sealed: program or computer stopped midway. What was recorded is all there.</translation>
    </message>
    <message>
        <source>恢复并封存</source>
        <translation>Recover and seal</translation>
    </message>
    <message>
        <source>恢复并封存 </source>
        <translation>Recover and seal </translation>
    </message>
    <message>
        <source>正在恢复…</source>
        <translation>Recovering…</translation>
    </message>
    <message>
        <source>还没有证据包。
到“远程取证”取第一份。</source>
        <translation>No packages yet.
Take the first on page Capture.</translation>
    </message>
    <message>
        <source>没有符合条件的证据包。</source>
        <translation>No package matches.</translation>
    </message>
    <message>
        <source>体检</source>
        <translation>Check-up</translation>
    </message>
    <message>
        <source>证据库体检</source>
        <translation>Vault check-up</translation>
    </message>
    <message>
        <source>导入</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>导入材料</source>
        <translation>Import material</translation>
    </message>
    <message>
        <source>无钥匙</source>
        <translation>No key</translation>
    </message>
    <message>
        <source>已加密</source>
        <translation>Encrypted</translation>
    </message>
    <message>
        <source>待加密</source>
        <translation>To be encrypted</translation>
    </message>
    <message>
        <source>明文</source>
        <translation>Plain</translation>
    </message>
    <message>
        <source>待复核</source>
        <translation>To be reviewed</translation>
    </message>
    <message>
        <source>同步</source>
        <translation>Sync</translation>
    </message>
    <message>
        <source>查看同步</source>
        <translation>See sync</translation>
    </message>
    <message>
        <source>未同步</source>
        <translation>not synced</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::PackageHead</name>
    <message>
        <source>证据包标题</source>
        <translation>Package title</translation>
    </message>
    <message>
        <source>导出</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>打印报告  Ctrl+P</source>
        <translation>Print report  Ctrl+P</translation>
    </message>
    <message>
        <source>打印报告</source>
        <translation>Print report</translation>
    </message>
    <message>
        <source>重新生成报告</source>
        <translation>Make new edition</translation>
    </message>
    <message>
        <source>封签指纹 SHA-256</source>
        <translation>Seal fingerprint SHA-256</translation>
    </message>
    <message>
        <source>复制</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>复制指纹</source>
        <translation>Copy fingerprint</translation>
    </message>
    <message>
        <source>封签指纹</source>
        <translation>Seal fingerprint</translation>
    </message>
    <message>
        <source>证据包事实</source>
        <translation>Package facts</translation>
    </message>
    <message>
        <source>已复制</source>
        <translation>Copied</translation>
    </message>
    <message>
        <source>导出到</source>
        <translation>Export to</translation>
    </message>
    <message>
        <source>导出到这里</source>
        <translation>Export here</translation>
    </message>
    <message>
        <source>浏览…</source>
        <translation>Browse…</translation>
    </message>
    <message>
        <source>导出进度</source>
        <translation>Export progress</translation>
    </message>
    <message>
        <source>证据包 (*.zip)</source>
        <translation>Evidence package (*.zip)</translation>
    </message>
    <message>
        <source>录制时不打开对话框，请直接写路径</source>
        <translation>No dialogs while recording; write the path</translation>
    </message>
    <message>
        <source>没有选中证据包</source>
        <translation>No package chosen</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1 · %2 至 %3</source>
        <translation>%1 · %2 to %3</translation>
    </message>
    <message>
        <source>权属&#x3000;%1 / %2
状态&#x3000;%3</source>
        <translation>Owner  %1 / %2
State  %3</translation>
    </message>
    <message>
        <source>正在生成报告…</source>
        <translation>Making the report…</translation>
    </message>
    <message>
        <source>取消导出</source>
        <translation>Cancel export</translation>
    </message>
    <message>
        <source>接收人</source>
        <translation>Receiver</translation>
    </message>
    <message>
        <source>介质</source>
        <translation>Medium</translation>
    </message>
    <message>
        <source>本机磁盘</source>
        <translation>disk of this computer</translation>
    </message>
    <message>
        <source>U 盘</source>
        <translation>USB stick</translation>
    </message>
    <message>
        <source>光盘</source>
        <translation>optical disc</translation>
    </message>
    <message>
        <source>移动硬盘</source>
        <translation>portable disk</translation>
    </message>
    <message>
        <source>内网传输</source>
        <translation>internal network</translation>
    </message>
    <message>
        <source>导出原因</source>
        <translation>Export reason</translation>
    </message>
    <message>
        <source>为什么打开并导出这份证据 *</source>
        <translation>Why this evidence is opened and exported *</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>导出形式</source>
        <translation>Form of the export</translation>
    </message>
    <message>
        <source>ZIP 文件</source>
        <translation>ZIP file</translation>
    </message>
    <message>
        <source>移交文件夹</source>
        <translation>Folder to hand over</translation>
    </message>
    <message>
        <source>光盘映像</source>
        <translation>Disc image</translation>
    </message>
    <message>
        <source>一个 ZIP，移交记录在旁边</source>
        <translation>One ZIP, the hand-over record beside it</translation>
    </message>
    <message>
        <source>ZIP、移交记录、核验说明和 verify.sh 放在一个文件夹里</source>
        <translation>ZIP, hand-over record, instructions and verify.sh in one folder</translation>
    </message>
    <message>
        <source>同一文件夹做成光盘映像（ISO），用任何刻录程序写到光盘</source>
        <translation>The same folder as a disc image (ISO), for any burning program</translation>
    </message>
    <message>
        <source>-移交</source>
        <translation>-handover</translation>
    </message>
    <message>
        <source>光盘映像 (*.iso)</source>
        <translation>Disc image (*.iso)</translation>
    </message>
    <message>
        <source>谁接收，例如 某某区人民法院 *</source>
        <translation>Who receives it, e.g. the District Court *</translation>
    </message>
    <message>
        <source>
副本&#x3000;本机，%1</source>
        <translation>
Copies&#x3000;here; %1</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::PaperForm</name>
    <message>
        <source>生成</source>
        <translation>Make</translation>
    </message>
    <message>
        <source>监测单位 *</source>
        <translation>Monitoring unit *</translation>
    </message>
    <message>
        <source>结论与建议 *</source>
        <translation>Conclusion and advice *</translation>
    </message>
    <message>
        <source>+ 再加一个平台</source>
        <translation>+ one more platform</translation>
    </message>
    <message>
        <source> 再加一个平台</source>
        <translation> one more platform</translation>
    </message>
    <message>
        <source>监测了哪些平台 *</source>
        <translation>Platforms monitored *</translation>
    </message>
    <message>
        <source>平台 </source>
        <translation>Platform </translation>
    </message>
    <message>
        <source>平台或网站的名称；不填的行不计</source>
        <translation>Name of the platform or site; an empty line does not count</translation>
    </message>
    <message>
        <source>次数 </source>
        <translation>Rounds </translation>
    </message>
    <message>
        <source> 次</source>
        <translation> rounds</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::PassphraseBox</name>
    <message>
        <source>SSH 密钥口令</source>
        <translation>SSH key passphrase</translation>
    </message>
    <message>
        <source>口令，只留在内存里</source>
        <translation>Passphrase, kept in memory only</translation>
    </message>
    <message>
        <source>解锁密钥</source>
        <translation>Unlock key</translation>
    </message>
    <message>
        <source>口令结果</source>
        <translation>Passphrase result</translation>
    </message>
    <message>
        <source>口令不对，没有解锁。请再输入一次。</source>
        <translation>That is not the passphrase; the key stays locked. Enter it again.</translation>
    </message>
    <message>
        <source>密钥文件读不出，请检查“设置 → 节点”里的密钥文件。</source>
        <translation>The key file cannot be read. Check the key file under “Settings → Nodes”.</translation>
    </message>
    <message>
        <source>“%1”用的密钥 %2 有口令，请输入一次：</source>
        <translation>The key %2 of “%1” has a passphrase. Enter it once:</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::PatrolPhoneRow</name>
    <message>
        <source>导入手机脚本…</source>
        <translation>Import phone scripts…</translation>
    </message>
    <message>
        <source>没有网址的，在手机上看</source>
        <translation>Without a web address: look on</translation>
    </message>
    <message>
        <source>手机巡检说明</source>
        <translation>About checks on a phone</translation>
    </message>
    <message>
        <source>导入手机脚本</source>
        <translation>Import phone scripts</translation>
    </message>
    <message>
        <source>脚本 (*.json)</source>
        <translation>Scripts (*.json)</translation>
    </message>
    <message>
        <source>不用手机</source>
        <translation>No phone</translation>
    </message>
    <message>
        <source>到期的有 %1 个没有网址。</source>
        <translation>%1 of those due have no web address. </translation>
    </message>
    <message>
        <source>其他平台</source>
        <translation>other platforms</translation>
    </message>
    <message>
        <source>手机脚本读不出来，请重新导入：%1</source>
        <translation>The phone scripts cannot be read, import them again: %1 </translation>
    </message>
    <message>
        <source>还没有手机脚本，没有网址的只能列为到期；请导入管理员写好的脚本。</source>
        <translation>There are no phone scripts yet, so entries without a web address stay due; import those that your administrator wrote. </translation>
    </message>
    <message>
        <source>手机脚本：%1。其他平台的仍列为到期。</source>
        <translation>Phone scripts: %1. Entries of other platforms stay due. </translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>正在取证，手机巡检要等取证结束。</source>
        <translation>A capture runs: a check on a phone has to wait for its end.</translation>
    </message>
    <message>
        <source>没有可用的手机。</source>
        <translation>No phone can be used.</translation>
    </message>
    <message>
        <source>巡检时这台手机由脚本操作，请不要动它，也不能用它取证。</source>
        <translation>During the check scripts use this phone: do not touch it; no capture can be made with it.</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::PatrolWindow</name>
    <message>
        <source>巡检</source>
        <translation>Check</translation>
    </message>
    <message>
        <source>巡检消息</source>
        <translation>Check message</translation>
    </message>
    <message>
        <source>到期的检查</source>
        <translation>Checks that are due</translation>
    </message>
    <message>
        <source>到期数</source>
        <translation>Number due</translation>
    </message>
    <message>
        <source>检查周期</source>
        <translation>Check cycles</translation>
    </message>
    <message>
        <source>主体库</source>
        <translation>Library</translation>
    </message>
    <message>
        <source>检查主体库</source>
        <translation>Check the library</translation>
    </message>
    <message>
        <source>异常库</source>
        <translation>Abnormal library</translation>
    </message>
    <message>
        <source>检查异常库</source>
        <translation>Check the abnormal library</translation>
    </message>
    <message>
        <source>最多检查</source>
        <translation>Check at most</translation>
    </message>
    <message>
        <source>开始巡检</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>停下</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>停下巡检</source>
        <translation>Stop the check</translation>
    </message>
    <message>
        <source>最多</source>
        <translation>at most</translation>
    </message>
    <message>
        <source>个，最久未查的先查</source>
        <translation>, longest unchecked first</translation>
    </message>
    <message>
        <source>结果</source>
        <translation>Findings</translation>
    </message>
    <message>
        <source>巡检结果数</source>
        <translation>Check counts</translation>
    </message>
    <message>
        <source>巡检进度条</source>
        <translation>Check progress bar</translation>
    </message>
    <message>
        <source>巡检结果列表</source>
        <translation>Check findings</translation>
    </message>
    <message>
        <source>打开主体</source>
        <translation>Open subject</translation>
    </message>
    <message>
        <source>打开巡检的主体</source>
        <translation>Open the finding&apos;s subject</translation>
    </message>
    <message>
        <source>巡检已停下。查过的已记下，其余仍列为到期。</source>
        <translation>The check was stopped. What was checked is recorded, the rest stays due.</translation>
    </message>
    <message>
        <source>巡检完成，记入操作日志。</source>
        <translation>The check is done and logged.</translation>
    </message>
    <message>
        <source>主体库 %1 个，异常库 %2 个</source>
        <translation>Library %1, abnormal library %2</translation>
    </message>
    <message>
        <source>主体库每 %1 天检查一次，异常库每 %2 天一次；在 设置 → 主体库 修改。</source>
        <translation>The library every %1 days, the abnormal library every %2 days; change it in Settings → Subject library.</translation>
    </message>
    <message>
        <source>到期 %1，已查 %2：可访问 %3，打不开 %4，已下架 %5，内容可疑 %6；移入异常库 %7，移回 %8</source>
        <translation>Due %1, checked %2: reachable %3, unreachable %4, gone %5, suspicious %6; moved to abnormal %7, moved back %8</translation>
    </message>
    <message>
        <source>移入异常库</source>
        <translation>Moved to abnormal</translation>
    </message>
    <message>
        <source>移回主体库</source>
        <translation>Moved back</translation>
    </message>
    <message>
        <source>每天自动巡检</source>
        <translation>Check every day</translation>
    </message>
    <message>
        <source>没有到期的，什么也不用查。</source>
        <translation>Nothing is due, nothing to look at.</translation>
    </message>
    <message>
        <source>没有名称，手机上无从查找</source>
        <translation>It has no name to look for</translation>
    </message>
    <message>
        <source>没有这个平台的手机脚本</source>
        <translation>No phone script for this platform</translation>
    </message>
    <message>
        <source>脚本与应用的页面不符，要改脚本</source>
        <translation>The script does not fit the app&apos;s pages and has to be mended</translation>
    </message>
    <message>
        <source>手机没有照做，例如没有装这个应用</source>
        <translation>The phone did not do it: the app may not be on it</translation>
    </message>
    <message>
        <source>手机断开了，其余没有查看</source>
        <translation>The phone was lost; the rest was not looked at</translation>
    </message>
    <message>
        <source>手机上无法判定</source>
        <translation>Cannot be told on the phone</translation>
    </message>
    <message>
        <source>每天自动巡检有网址的（工作站开着、有执法人员登录时）</source>
        <translation>Check what has a web address once a day (while the workstation is open and an officer is logged in)</translation>
    </message>
    <message>
        <source>这里列出打不开、已下架、内容可疑、移动过和手机上无法判定的。</source>
        <translation>What cannot be opened, is gone, looks bad, was moved or cannot be told on the phone is listed here.</translation>
    </message>
    <message>
        <source>巡检不取证：需要留证的，从主体页发起取证。</source>
        <translation>A check takes no evidence: for that, start a capture from the subject&apos;s page.</translation>
    </message>
    <message>
        <source>命令行巡检的结果文件不合要求，没有记入，放在原处待查：%1</source>
        <translation>Findings of a check by the command line are not valid and were not taken in; they were put aside: %1</translation>
    </message>
    <message>
        <source>命令行巡检（%1）的结果已记入：检查 %2，移入异常库 %3，移回 %4。</source>
        <translation>Findings of a check by the command line (%1) were taken in: %2 checked, %3 moved to the abnormal library, %4 back.</translation>
    </message>
    <message>
        <source>。手机上正在看：%1</source>
        <translation>. On the phone now: %1</translation>
    </message>
    <message>
        <source>。%1 个没有网址，仍须在手机上查看</source>
        <translation>. %1 have no web address and still have to be looked at on a phone</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::PeopleCard</name>
    <message>
        <source>取证人员</source>
        <translation>Officers</translation>
    </message>
    <message>
        <source>两名执法人员共同取证，封存时两人签名（行政处罚法第四十二条）。</source>
        <translation>Two officers take evidence together and both sign at sealing (Administrative Penalty Law, art. 42).</translation>
    </message>
    <message>
        <source>第二名取证人员</source>
        <translation>Second officer</translation>
    </message>
    <message>
        <source>第二名 *</source>
        <translation>Second *</translation>
    </message>
    <message>
        <source>稍后签名（待签）</source>
        <translation>Signs later (待签)</translation>
    </message>
    <message>
        <source>现在签名</source>
        <translation>Signs now</translation>
    </message>
    <message>
        <source>封存后由本人补签；补签前证据包标为“待签”</source>
        <translation>Signs after sealing; until then the package is marked 待签 (to be signed)</translation>
    </message>
    <message>
        <source>本人在场输入口令，封存时签名</source>
        <translation>Is here, gives the passphrase and signs at sealing</translation>
    </message>
    <message>
        <source>第二名人员口令</source>
        <translation>Second officer&apos;s passphrase</translation>
    </message>
    <message>
        <source>第二名人员的口令</source>
        <translation>the second officer&apos;s passphrase</translation>
    </message>
    <message>
        <source>确认口令</source>
        <translation>Confirm</translation>
    </message>
    <message>
        <source>第二名人员状态</source>
        <translation>State of the second officer</translation>
    </message>
    <message>
        <source>请选择…</source>
        <translation>Choose…</translation>
    </message>
    <message>
        <source>（证书%1）</source>
        <translation> (certificate: %1)</translation>
    </message>
    <message>
        <source>%1 秒后可再试。</source>
        <translation> Try again in %1 s.</translation>
    </message>
    <message>
        <source>正在打开…</source>
        <translation>Opening…</translation>
    </message>
    <message>
        <source>正在打开密钥…</source>
        <translation>Unlocking the key…</translation>
    </message>
    <message>
        <source>口令正确，封存时两人签名。</source>
        <translation>Unlocked: both sign at sealing.</translation>
    </message>
    <message>
        <source>还没有输入口令；现在开始则为稍后签名。</source>
        <translation>No passphrase yet; started now, the second officer signs later.</translation>
    </message>
    <message>
        <source>封存后由本人补签；补签前证据包标为“待签”。</source>
        <translation>Signs after sealing; until then the package is marked 待签 (to be signed).</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::PhoneCard</name>
    <message>
        <source>手机画面</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>画面参数</source>
        <translation>Picture facts</translation>
    </message>
    <message>
        <source>正在等待手机画面…</source>
        <translation>Waiting for the phone&apos;s picture…</translation>
    </message>
    <message>
        <source>密码输入：键入的内容在日志中只留长度和加盐摘要。注意：录屏仍会录下屏幕上显示的一切。</source>
        <translation>Password mode: of what is typed, the journal keeps only length and salted digest. The recording still shows all that is on the screen.</translation>
    </message>
    <message>
        <source>取证当前页面  F8</source>
        <translation>Capture this page  F8</translation>
    </message>
    <message>
        <source>取证当前页面</source>
        <translation>Capture this page</translation>
    </message>
    <message>
        <source> · %1 fps · %2 ms</source>
        <translation> · %1 fps · %2 ms</translation>
    </message>
    <message>
        <source>键盘已接到手机，Tab 离开</source>
        <translation>Keyboard goes to the phone; Tab leaves</translation>
    </message>
    <message>
        <source>这一页是 </source>
        <translation>This page is </translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>返回键；在画面中按 Esc</source>
        <translation>Back key; Esc in the picture</translation>
    </message>
    <message>
        <source>主页</source>
        <translation>Home</translation>
    </message>
    <message>
        <source>主页键；在画面中按鼠标中键</source>
        <translation>Home key; middle button in the picture</translation>
    </message>
    <message>
        <source>多任务</source>
        <translation>Recents</translation>
    </message>
    <message>
        <source>多任务键</source>
        <translation>Recents key</translation>
    </message>
    <message>
        <source>旋转</source>
        <translation>Rotate</translation>
    </message>
    <message>
        <source>旋转屏幕</source>
        <translation>Rotate the screen</translation>
    </message>
    <message>
        <source>输入中文</source>
        <translation>Type 中文</translation>
    </message>
    <message>
        <source>备注</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>密码输入</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>日志中只留长度和摘要</source>
        <translation>The journal keeps length and digest only</translation>
    </message>
    <message>
        <source>送出</source>
        <translation>Send</translation>
    </message>
    <message>
        <source>送出这一行</source>
        <translation>Send this line</translation>
    </message>
    <message>
        <source>收起</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>收起这一行</source>
        <translation>Close this line</translation>
    </message>
    <message>
        <source>备注内容</source>
        <translation>Text of the note</translation>
    </message>
    <message>
        <source>要输入手机的文字</source>
        <translation>Text for the phone</translation>
    </message>
    <message>
        <source>写进日志的备注，回车记下</source>
        <translation>A note for the journal; Enter writes it</translation>
    </message>
    <message>
        <source>先在手机上点中输入框，再在这里写，回车送到手机</source>
        <translation>Tap the field on the phone, write here; Enter sends</translation>
    </message>
    <message>
        <source>%1×%2</source>
        <translation>%1×%2</translation>
    </message>
    <message>
        <source>已暂停操作：手机不接受点按和输入，录制继续。左栏“继续操作”后再操作。</source>
        <translation>Paused: the phone takes no taps and no input, recording goes on. Press Resume on the left to go on.</translation>
    </message>
    <message>
        <source>长页</source>
        <translation>Long page</translation>
    </message>
    <message>
        <source>长页取证</source>
        <translation>Capture a long page</translation>
    </message>
    <message>
        <source>长页取证：自动向下滚动、逐屏取证，直到页面到底；相邻截图的重叠逐像素证明。Shift+F8</source>
        <translation>Scrolls down by itself and captures screen by screen until the page ends; where two screenshots overlap is proved pixel by pixel. Shift+F8</translation>
    </message>
    <message>
        <source>长页说明</source>
        <translation>About the long page</translation>
    </message>
    <message>
        <source>长页取证：两次上滑未见变化，应已到底，%1 张截图</source>
        <translation>Long page: two swipes changed nothing, this seems to be the end; %1 screenshots</translation>
    </message>
    <message>
        <source>长页取证：已取 %1 张，页面可能还没有到底；可以接着再取</source>
        <translation>Long page: %1 taken, the page may go on; you can go on from here</translation>
    </message>
    <message>
        <source>长页取证：已停止，%1 张截图</source>
        <translation>Long page: stopped, %1 screenshots</translation>
    </message>
    <message>
        <source>长页取证：最后一张与前一张没有可证明的重叠（页面上有东西在动，或滚动过快），已停止，%1 张截图</source>
        <translation>Long page: the last two have no overlap that can be proved (something moves on the page, or it scrolled too far); stopped, %1 screenshots</translation>
    </message>
    <message>
        <source>长页取证：最后一张与前一张的重叠不能唯一确定（内容重复或空白），已停止，%1 张截图</source>
        <translation>Long page: the overlap of the last two is not the only one possible (content that repeats, or blank); stopped, %1 screenshots</translation>
    </message>
    <message>
        <source>，其中 %1 张拼接为长页。</source>
        <translation>, %1 of them joined to one page.</translation>
    </message>
    <message>
        <source>，各自为证，没有拼接。</source>
        <translation>, each for itself, none joined.</translation>
    </message>
    <message>
        <source>停止</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>正在长页取证：已取 %1 张。手机由程序滚动，暂不接受点按；“停止”后可继续操作。</source>
        <translation>Capturing a long page: %1 taken. The program scrolls the phone, taps wait; after “Stop” you can go on.</translation>
    </message>
    <message>
        <source>录像已中断 · </source>
        <translation>Recording broken off · </translation>
    </message>
    <message>
        <source>此刻没有录像 · </source>
        <translation>Nothing is recorded now · </translation>
    </message>
    <message>
        <source>已暂停操作 · </source>
        <translation>Paused · </translation>
    </message>
    <message>
        <source>更多</source>
        <translation>More</translation>
    </message>
    <message>
        <source>更多手机操作</source>
        <translation>More acts on the phone</translation>
    </message>
    <message>
        <source>打开应用…</source>
        <translation>Open app…</translation>
    </message>
    <message>
        <source>通知栏</source>
        <translation>Notifications</translation>
    </message>
    <message>
        <source>快捷设置</source>
        <translation>Quick settings</translation>
    </message>
    <message>
        <source>收起通知栏</source>
        <translation>Close panels</translation>
    </message>
    <message>
        <source>唤醒</source>
        <translation>Wake</translation>
    </message>
    <message>
        <source>电源键</source>
        <translation>Power key</translation>
    </message>
    <message>
        <source>关闭手机屏幕，画面仍在</source>
        <translation>Phone&apos;s screen off, picture stays</translation>
    </message>
    <message>
        <source>打开手机屏幕</source>
        <translation>Phone&apos;s screen on</translation>
    </message>
    <message>
        <source>音量加</source>
        <translation>Volume up</translation>
    </message>
    <message>
        <source>音量减</source>
        <translation>Volume down</translation>
    </message>
    <message>
        <source>全屏显示手机</source>
        <translation>Phone on the whole screen</translation>
    </message>
    <message>
        <source>打开应用</source>
        <translation>Open app</translation>
    </message>
    <message>
        <source>应用的包名（如 com.taobao.taobao），或 ? 加应用名称（如 ?淘宝）</source>
        <translation>Package of the app (as com.taobao.taobao), or ? and its name (as ?Taobao)</translation>
    </message>
    <message>
        <source>打开</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>已取证 %1 页 · F8 取证当前页面 · Shift+F8 长页 · Esc 或 F11 退出全屏</source>
        <translation>%1 captured · F8 capture this page · Shift+F8 long page · Esc or F11 leave full screen</translation>
    </message>
    <message>
        <source>正在长页取证，F8 没有另取一张：每一屏都在取。要单独取证，请先“停止”。</source>
        <translation>A long page is being captured, F8 took no picture of its own: every screen is being taken. To capture one alone, stop it first.</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::PhoneChooser</name>
    <message>
        <source>正在连接</source>
        <translation>Connecting</translation>
    </message>
    <message>
        <source>手机还没有授权本工作站。请解锁手机，在“允许 USB 调试”的提示上点“允许”；列表会自己更新。</source>
        <translation>The phone has not authorised this workstation. Unlock it and allow USB debugging; the list updates by itself.</translation>
    </message>
    <message>
        <source>手机离线。请拔下数据线再插上，或重新打开手机的 USB 调试。</source>
        <translation>The phone is offline. Unplug the cable and plug it in again, or switch USB debugging off and on.</translation>
    </message>
    <message>
        <source>手机还不能用。请等它连好，或重新插拔数据线。</source>
        <translation>The phone is not ready. Wait for it, or plug it in again.</translation>
    </message>
    <message>
        <source>正在查找手机…</source>
        <translation>Looking for phones…</translation>
    </message>
    <message>
        <source>adb 服务在运行，但没有接上手机。请用数据线接上手机并打开 USB 调试；列表会自己更新。</source>
        <translation>The adb server runs but no phone is connected. Connect one by cable and switch on USB debugging; the list updates by itself.</translation>
    </message>
    <message>
        <source>手机列表</source>
        <translation>Phone list</translation>
    </message>
    <message>
        <source>手机状态</source>
        <translation>Phone state</translation>
    </message>
    <message>
        <source>重试</source>
        <translation>Retry</translation>
    </message>
    <message>
        <source>重新查找手机</source>
        <translation>Look for phones again</translation>
    </message>
    <message>
        <source>%1 · adb %2</source>
        <translation>%1 · adb %2</translation>
    </message>
    <message>
        <source>练习手机</source>
        <translation>Training phone</translation>
    </message>
    <message>
        <source>主机密钥变化，已拒绝，见“节点”页</source>
        <translation>host key changed: refused, see page Nodes</translation>
    </message>
    <message>
        <source>连不上，恢复后自己更新</source>
        <translation>cannot be reached; comes back by itself</translation>
    </message>
    <message>
        <source>节点 %1</source>
        <translation>Node %1</translation>
    </message>
    <message>
        <source>手机 %1 台</source>
        <translation>%1 phones</translation>
    </message>
    <message>
        <source>正在连接…</source>
        <translation>Connecting…</translation>
    </message>
    <message>
        <source>不可用</source>
        <translation>Not available</translation>
    </message>
    <message>
        <source>已连通</source>
        <translation>Connected</translation>
    </message>
    <message>
        <source>能用的手机都有人在用，用的人写在列表里；对方结束后列表会自己更新。</source>
        <translation>Every phone that could be used is in use; the list says by whom. It is updated when they end.</translation>
    </message>
    <message>
        <source>%1 · 节点 %2</source>
        <translation>%1 · node %2</translation>
    </message>
    <message>
        <source>这台手机%1。请换一台，或等对方结束。</source>
        <translation>This phone is %1. Take another, or wait until they end.</translation>
    </message>
    <message>
        <source>主机密钥待核对、工作站密钥待口令，或节点拒绝登录，见“节点”页</source>
        <translation>Host key to be compared, workstation key awaits its passphrase, or login refused: see page “Nodes”</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::PhonePane</name>
    <message>
        <source>手机画面</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>鼠标点按、拖动和滚轮直接操作手机，按住 Ctrl 拖动为双指缩放；键盘输入送到手机，Tab 离开</source>
        <translation>Mouse clicks, drags and the wheel act on the phone, dragging with Ctrl pinches; the keyboard types into the phone, Tab leaves</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::PlayerCard</name>
    <message>
        <source>录屏</source>
        <translation>Recording</translation>
    </message>
    <message>
        <source>录屏参数</source>
        <translation>Recording facts</translation>
    </message>
    <message>
        <source>截图缩略图</source>
        <translation>Screenshot thumbnails</translation>
    </message>
    <message>
        <source>正在播放</source>
        <translation>Playing</translation>
    </message>
    <message>
        <source>已暂停</source>
        <translation>Paused</translation>
    </message>
    <message>
        <source>上一个截图</source>
        <translation>Previous screenshot</translation>
    </message>
    <message>
        <source>播放或暂停</source>
        <translation>Play or pause</translation>
    </message>
    <message>
        <source>下一个截图</source>
        <translation>Next screenshot</translation>
    </message>
    <message>
        <source>播放时间</source>
        <translation>Playing time</translation>
    </message>
    <message>
        <source>空格 播放   ←→ 5 秒</source>
        <translation>Space plays   ←→ 5 s</translation>
    </message>
    <message>
        <source>播放速度</source>
        <translation>Playing speed</translation>
    </message>
    <message>
        <source>取证 %1</source>
        <translation>Capture %1</translation>
    </message>
    <message>
        <source>%1×%2 · </source>
        <translation>%1×%2 · </translation>
    </message>
    <message>
        <source>%1 帧 · %2 段</source>
        <translation>%1 frames · %2 segments</translation>
    </message>
    <message>
        <source>录音声音</source>
        <translation>Recorded sound</translation>
    </message>
    <message>
        <source>变速时不放声音</source>
        <translation>No sound at other speeds</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::ProofWindow</name>
    <message>
        <source>核验证明 · %1</source>
        <translation>Certificate of verification · %1</translation>
    </message>
    <message>
        <source>核验证明消息</source>
        <translation>Certificate messages</translation>
    </message>
    <message>
        <source>/核验证明-%1.pdf</source>
        <translation>/certificate-%1.pdf</translation>
    </message>
    <message>
        <source>核验证明存到</source>
        <translation>Save the certificate to</translation>
    </message>
    <message>
        <source>存为 PDF</source>
        <translation>Save as PDF</translation>
    </message>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>打印核验证明</source>
        <translation>Print the certificate</translation>
    </message>
    <message>
        <source>存到</source>
        <translation>Save to</translation>
    </message>
    <message>
        <source>核验证明正文</source>
        <translation>Text of the certificate</translation>
    </message>
    <message>
        <source>已存到 %1，SHA-256 %2，已记入操作日志。</source>
        <translation>Saved to %1, SHA-256 %2, noted in the operation log.</translation>
    </message>
    <message>
        <source>打印机没有接受任务，请检查打印机。</source>
        <translation>The printer did not take the job; check it.</translation>
    </message>
    <message>
        <source>已送打印。</source>
        <translation>Sent to the printer.</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::PushWindow</name>
    <message>
        <source>新增 %1，更新 %2，相同 %3</source>
        <translation>added %1, changed %2, same %3</translation>
    </message>
    <message>
        <source>推送</source>
        <translation>Push</translation>
    </message>
    <message>
        <source>推送消息</source>
        <translation>Push message</translation>
    </message>
    <message>
        <source>发出</source>
        <translation>Send</translation>
    </message>
    <message>
        <source>接收</source>
        <translation>Receive</translation>
    </message>
    <message>
        <source>核对回执</source>
        <translation>Acknowledgement</translation>
    </message>
    <message>
        <source>推送进度条</source>
        <translation>Push progress bar</translation>
    </message>
    <message>
        <source>停下</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>停下推送</source>
        <translation>Stop the push</translation>
    </message>
    <message>
        <source>浏览…</source>
        <translation>Browse…</translation>
    </message>
    <message>
        <source>浏览 </source>
        <translation>Browse </translation>
    </message>
    <message>
        <source>选中的 %1 个</source>
        <translation>The %1 selected</translation>
    </message>
    <message>
        <source>推送选中的</source>
        <translation>Push the selected</translation>
    </message>
    <message>
        <source>现在找到的全部：%1</source>
        <translation>All found now: %1</translation>
    </message>
    <message>
        <source>推送找到的全部</source>
        <translation>Push all found</translation>
    </message>
    <message>
        <source>存下的筛选：%1</source>
        <translation>Saved filter: %1</translation>
    </message>
    <message>
        <source>推送筛选 %1</source>
        <translation>Push filter %1</translation>
    </message>
    <message>
        <source>推送给</source>
        <translation>Push to</translation>
    </message>
    <message>
        <source>推送说明</source>
        <translation>Push note</translation>
    </message>
    <message>
        <source>给哪个单位</source>
        <translation>For which unit</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>推送文件</source>
        <translation>Push file</translation>
    </message>
    <message>
        <source>例如 /media/U盘/主体.gzpush</source>
        <translation>for example /media/usb/subjects.gzpush</translation>
    </message>
    <message>
        <source>文件由在座的执法人员签名。电话和证件号码不在其中。</source>
        <translation>Signed by the officer at the desk. Phone and identity numbers are not in it.</translation>
    </message>
    <message>
        <source>签名并写出</source>
        <translation>Sign and write</translation>
    </message>
    <message>
        <source>收到的推送</source>
        <translation>Received push</translation>
    </message>
    <message>
        <source>别的工作站推送来的文件</source>
        <translation>A file from another station</translation>
    </message>
    <message>
        <source>核验</source>
        <translation>Verify</translation>
    </message>
    <message>
        <source>核验推送</source>
        <translation>Verify the push</translation>
    </message>
    <message>
        <source>推送情况</source>
        <translation>Push facts</translation>
    </message>
    <message>
        <source>回执写到</source>
        <translation>Acknowledgement to</translation>
    </message>
    <message>
        <source>留空则不写回执</source>
        <translation>Empty: none is written</translation>
    </message>
    <message>
        <source>接收结果</source>
        <translation>Import result</translation>
    </message>
    <message>
        <source>撤销这次接收</source>
        <translation>Take this import back</translation>
    </message>
    <message>
        <source>导入</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>导入推送</source>
        <translation>Import the push</translation>
    </message>
    <message>
        <source>当时发出的推送</source>
        <translation>The push that was sent</translation>
    </message>
    <message>
        <source>收回的回执</source>
        <translation>The acknowledgement that came</translation>
    </message>
    <message>
        <source>回执结论</source>
        <translation>Acknowledgement result</translation>
    </message>
    <message>
        <source>核对</source>
        <translation>Compare</translation>
    </message>
    <message>
        <source>核对这份回执</source>
        <translation>Check this receipt</translation>
    </message>
    <message>
        <source>已签名写出 %1 个主体到 %2，记入操作日志。</source>
        <translation>%1 subjects signed and written to %2, logged.</translation>
    </message>
    <message>
        <source>；%1 个的监管单位本站没有登记，保持原样</source>
        <translation>; %1 name a unit that is not registered here, left as it was</translation>
    </message>
    <message>
        <source>推送已导入，记入操作日志。</source>
        <translation>The push was imported and logged.</translation>
    </message>
    <message>
        <source>已撤销这次接收：去掉 %1 个主体，恢复 %2 个。</source>
        <translation>Taken back: %1 subjects removed, %2 restored.</translation>
    </message>
    <message>
        <source>有 %1 个后来被别人改过，保留着。</source>
        <translation> %1 were changed since and are kept.</translation>
    </message>
    <message>
        <source>已由 %1 %2 于 %3 导入：%4</source>
        <translation>Imported by %1 %2 on %3: %4</translation>
    </message>
    <message>
        <source>%1 %2 推送</source>
        <translation>%1 %2 pushed</translation>
    </message>
    <message>
        <source>%1的数据与重点主体匹配：%2</source>
        <translation>%1 data on a watched subject: %2</translation>
    </message>
    <message>
        <source>%1了新的%2：%3</source>
        <translation>%1 a new record, %2: %3</translation>
    </message>
    <message>
        <source>%1 个主体，由 %2 %3 %4 于 %5 签名</source>
        <translation>%1 subjects, signed by %2 %3 %4 on %5</translation>
    </message>
    <message>
        <source>发往：%1</source>
        <translation>To: %1</translation>
    </message>
    <message>
        <source>选取：%1</source>
        <translation>Selected: %1</translation>
    </message>
    <message>
        <source>说明：%1</source>
        <translation>Note: %1</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::ReasonForm</name>
    <message>
        <source>原因 *</source>
        <translation>Reason *</translation>
    </message>
    <message>
        <source>记入变更历史</source>
        <translation>Kept in the history of changes</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::RecordForm</name>
    <message>
        <source>新记录</source>
        <translation>New record</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>种类</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>新记录 日期</source>
        <translation>New record: day</translation>
    </message>
    <message>
        <source>日期</source>
        <translation>Day</translation>
    </message>
    <message>
        <source>摘要 *</source>
        <translation>Summary *</translation>
    </message>
    <message>
        <source>来源</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>例如 12315 平台</source>
        <translation>For example platform 12315</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>投诉、案件或文书的编号</source>
        <translation>Number of the complaint, case or document</translation>
    </message>
    <message>
        <source>内容</source>
        <translation>What</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::ReportWindow</name>
    <message>
        <source>互联网电子数据证据报告 · %1</source>
        <translation>Evidence report · %1</translation>
    </message>
    <message>
        <source>正在打开报告…</source>
        <translation>Opening the report…</translation>
    </message>
    <message>
        <source>报告页数</source>
        <translation>Pages of the report</translation>
    </message>
    <message>
        <source>用其他程序打开</source>
        <translation>Open with another program</translation>
    </message>
    <message>
        <source>打印  Ctrl+P</source>
        <translation>Print  Ctrl+P</translation>
    </message>
    <message>
        <source>打印这份报告</source>
        <translation>Print this report</translation>
    </message>
    <message>
        <source>第 %1 页</source>
        <translation>Page %1</translation>
    </message>
    <message>
        <source>共 %1 页</source>
        <translation>%1 pages</translation>
    </message>
    <message>
        <source>打印报告</source>
        <translation>Print report</translation>
    </message>
    <message>
        <source>打印机没有接受任务，请检查打印机。</source>
        <translation>The printer did not take the job; check the printer.</translation>
    </message>
    <message>
        <source>已送打印，共 %1 页</source>
        <translation>Sent to the printer, %1 pages</translation>
    </message>
    <message>
        <source>正在打印第 %1 页…</source>
        <translation>Printing page %1…</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::ResultForm</name>
    <message>
        <source>补正监测结果 %1</source>
        <translation>Complete result %1</translation>
    </message>
    <message>
        <source>监测结果</source>
        <translation>Results</translation>
    </message>
    <message>
        <source>签名并补正</source>
        <translation>Sign and complete</translation>
    </message>
    <message>
        <source>登记结果</source>
        <translation>Enter result</translation>
    </message>
    <message>
        <source>监测结果 经营主体</source>
        <translation>Results operator</translation>
    </message>
    <message>
        <source>经营主体 *</source>
        <translation>Operator *</translation>
    </message>
    <message>
        <source>信用代码</source>
        <translation>Credit code</translation>
    </message>
    <message>
        <source>18 位统一社会信用代码，不清楚时不填</source>
        <translation>18 characters; leave it empty when it is not known</translation>
    </message>
    <message>
        <source>涉嫌违法表现 *</source>
        <translation>Suspected violation *</translation>
    </message>
    <message>
        <source>所属业务领域 *</source>
        <translation>Business field *</translation>
    </message>
    <message>
        <source>例如 广告、食品</source>
        <translation>e.g. advertising, food</translation>
    </message>
    <message>
        <source>平台</source>
        <translation>Platform</translation>
    </message>
    <message>
        <source>应用、商城或网站的名称</source>
        <translation>name of the app, mall or site</translation>
    </message>
    <message>
        <source>链接</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>http:// 或 https:// 开头；链接和快照至少填一项</source>
        <translation>begins with http:// or https://; a link or a snapshot is needed</translation>
    </message>
    <message>
        <source>快照</source>
        <translation>Snapshot</translation>
    </message>
    <message>
        <source>文件名或证据包编号</source>
        <translation>file name or package id</translation>
    </message>
    <message>
        <source>备注</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>改正理由</source>
        <translation>Reason for correction</translation>
    </message>
    <message>
        <source>只关联主体库时不用填</source>
        <translation>Not needed when only the subject is linked</translation>
    </message>
    <message>
        <source>%1：%2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>内容改了，要写改正理由</source>
        <translation>The content changed: write the reason</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::ResultImportWindow</name>
    <message>
        <source>导入监测结果</source>
        <translation>Import results</translation>
    </message>
    <message>
        <source>导入监测结果 消息</source>
        <translation>Import results message</translation>
    </message>
    <message>
        <source>正在读…</source>
        <translation>Reading…</translation>
    </message>
    <message>
        <source>导入监测结果 摘要</source>
        <translation>Import results summary</translation>
    </message>
    <message>
        <source>导入监测结果 问题</source>
        <translation>Import results problems</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>导入监测结果 取消</source>
        <translation>Import results cancel</translation>
    </message>
    <message>
        <source>签名并导入</source>
        <translation>Sign and import</translation>
    </message>
    <message>
        <source>导入监测结果 签名并导入</source>
        <translation>Import results sign and import</translation>
    </message>
    <message>
        <source>没有读出来。</source>
        <translation>It was not read.</translation>
    </message>
    <message>
        <source>第 %1 行：%2</source>
        <translation>Row %1: %2</translation>
    </message>
    <message>
        <source>%1：%2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>同第 %1 行</source>
        <translation>as row %1</translation>
    </message>
    <message>
        <source>可导入 %1 条，有问题 %2 处。</source>
        <translation>%1 can be imported, %2 problems.</translation>
    </message>
    <message>
        <source>有问题的行不会导入，改正后可以再导一次：已有的不会重复。</source>
        <translation> Rows with problems are left out; mend them and import again: nothing is entered twice.</translation>
    </message>
    <message>
        <source>文件从某处起读不下去，前面的可以导入。（%1）</source>
        <translation>The file cannot be read beyond some point; what comes before can be imported. (%1)</translation>
    </message>
    <message>
        <source>签名并导入 %1 条</source>
        <translation>Sign and import %1</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::ResultsView</name>
    <message>
        <source>登记结果…</source>
        <translation>Enter result…</translation>
    </message>
    <message>
        <source>添加监测结果</source>
        <translation>Add result</translation>
    </message>
    <message>
        <source>导入表格…</source>
        <translation>Import table…</translation>
    </message>
    <message>
        <source>导入结果表格</source>
        <translation>Import result table</translation>
    </message>
    <message>
        <source>第三方交来的 CSV 或 XLSX</source>
        <translation>CSV or XLSX from a third party</translation>
    </message>
    <message>
        <source>批量分派…</source>
        <translation>Bulk dispatch…</translation>
    </message>
    <message>
        <source>批量分派</source>
        <translation>Bulk dispatch</translation>
    </message>
    <message>
        <source>监测结果 数量</source>
        <translation>Results count</translation>
    </message>
    <message>
        <source>监测结果列表</source>
        <translation>Result list</translation>
    </message>
    <message>
        <source>去取证  Ctrl+E</source>
        <translation>Capture  Ctrl+E</translation>
    </message>
    <message>
        <source>为结果去取证</source>
        <translation>Capture for the result</translation>
    </message>
    <message>
        <source>补正…</source>
        <translation>Complete…</translation>
    </message>
    <message>
        <source>补正监测结果</source>
        <translation>Complete the result</translation>
    </message>
    <message>
        <source>关联主体库；或写明理由改正内容</source>
        <translation>Link it to the subject library, or correct it with a reason</translation>
    </message>
    <message>
        <source>附证据…</source>
        <translation>Attach evidence…</translation>
    </message>
    <message>
        <source>附证据</source>
        <translation>Attach evidence</translation>
    </message>
    <message>
        <source>记下证据库里已有的证据包</source>
        <translation>Name an evidence package that is there already</translation>
    </message>
    <message>
        <source>监测结果搜索</source>
        <translation>Search results</translation>
    </message>
    <message>
        <source>主体、表现、领域、平台、信用代码</source>
        <translation>Operator, violation, field, platform, credit code</translation>
    </message>
    <message>
        <source>监测结果阶段</source>
        <translation>Stage of results</translation>
    </message>
    <message>
        <source>全部阶段</source>
        <translation>All stages</translation>
    </message>
    <message>
        <source>批量分派 %1 条…</source>
        <translation>Bulk dispatch %1…</translation>
    </message>
    <message>
        <source>待取证</source>
        <translation>no evidence yet</translation>
    </message>
    <message>
        <source>证据 %1</source>
        <translation>evidence %1</translation>
    </message>
    <message>
        <source>共 %1 条</source>
        <translation>%1 in all</translation>
    </message>
    <message>
        <source>%1 条，共 %2 条</source>
        <translation>%1 of %2</translation>
    </message>
    <message>
        <source>没有找到。换一个词，或看全部阶段。</source>
        <translation>Nothing found. Try another word, or all stages.</translation>
    </message>
    <message>
        <source>还没有结果。登记一条，或导入第三方交来的表格。</source>
        <translation>No results yet. Enter one, or import a third party&apos;s table.</translation>
    </message>
    <message>
        <source>任务单签收后才能登记结果。</source>
        <translation>Results are entered once the sheet is accepted.</translation>
    </message>
    <message>
        <source>结果 </source>
        <translation>Result </translation>
    </message>
    <message>
        <source>经营主体</source>
        <translation>Operator</translation>
    </message>
    <message>
        <source>（已关联主体库）</source>
        <translation> (in the library)</translation>
    </message>
    <message>
        <source>信用代码</source>
        <translation>Credit code</translation>
    </message>
    <message>
        <source>业务领域</source>
        <translation>Field</translation>
    </message>
    <message>
        <source>链接</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>快照</source>
        <translation>Snapshot</translation>
    </message>
    <message>
        <source>发现单位</source>
        <translation>Found by</translation>
    </message>
    <message>
        <source>备注</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>结果 证据 </source>
        <translation>Result evidence </translation>
    </message>
    <message>
        <source>还没有证据：去取证，封存后自动回到这里。</source>
        <translation>No evidence yet: capture, and the sealed package comes back here.</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::RouteCard</name>
    <message>
        <source>流转</source>
        <translation>Route</translation>
    </message>
    <message>
        <source>全部留痕 ›</source>
        <translation>All steps ›</translation>
    </message>
    <message>
        <source>全部留痕</source>
        <translation>All steps</translation>
    </message>
    <message>
        <source>流转 对象</source>
        <translation>Route of</translation>
    </message>
    <message>
        <source>流转 说明</source>
        <translation>Route details</translation>
    </message>
    <message>
        <source>流转 期限</source>
        <translation>Route deadline</translation>
    </message>
    <message>
        <source>选一个任务或结果，这里是它的流转。</source>
        <translation>Choose a task or a result; its route is shown here.</translation>
    </message>
    <message>
        <source>%1分派 · %2 个工作日 · 期限 %3</source>
        <translation>Dispatched %1 · %2 working days · due %3</translation>
    </message>
    <message>
        <source>（暂定：该年放假通知还没有导入）</source>
        <translation> (provisional: that year&apos;s holiday notice is not in)</translation>
    </message>
    <message>
        <source>流转 文书 </source>
        <translation>Route document </translation>
    </message>
    <message>
        <source>流转 证据 </source>
        <translation>Route evidence </translation>
    </message>
    <message>
        <source>办结</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>流转 </source>
        <translation>Route </translation>
    </message>
    <message>
        <source>已经办完。</source>
        <translation>It is over.</translation>
    </message>
    <message>
        <source>现在没有需要您做的。</source>
        <translation>Nothing to do for you now.</translation>
    </message>
    <message>
        <source>任务单的流转</source>
        <translation>Route of the sheet</translation>
    </message>
    <message>
        <source>（没有名称）</source>
        <translation>(no name)</translation>
    </message>
    <message>
        <source>提交</source>
        <translation>Submit</translation>
    </message>
    <message>
        <source>签收</source>
        <translation>Accept</translation>
    </message>
    <message>
        <source>反馈完成</source>
        <translation>Feedback complete</translation>
    </message>
    <message>
        <source>结果 %1 的流转</source>
        <translation>Route of result %1</translation>
    </message>
    <message>
        <source>已并入结果 %1</source>
        <translation>Merged into result %1</translation>
    </message>
    <message>
        <source>按阶段 ›</source>
        <translation>By stage ›</translation>
    </message>
    <message>
        <source>线索的处理</source>
        <translation>The clue</translation>
    </message>
    <message>
        <source>经营主体不明</source>
        <translation>Operator unknown</translation>
    </message>
    <message>
        <source>研判</source>
        <translation>Judging</translation>
    </message>
    <message>
        <source>转为任务：须填依据
不予采纳：须填理由</source>
        <translation>Judging</translation>
    </message>
    <message>
        <source>在任务单里改好后提交。</source>
        <translation>Put the sheet right, then submit it.</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::RouteStepRow</name>
    <message>
        <source>流转 步骤 </source>
        <translation>Route step </translation>
    </message>
    <message>
        <source>✓ 已签名 %1</source>
        <translation>✓ signed %1</translation>
    </message>
    <message>
        <source>由 %1（执法证号 %2）电子签名</source>
        <translation>Signed by %1 (badge %2)</translation>
    </message>
    <message>
        <source>期限 %1</source>
        <translation>due %1</translation>
    </message>
    <message>
        <source>结论：%1</source>
        <translation>Outcome: %1</translation>
    </message>
    <message>
        <source>措施：%1</source>
        <translation>Measures: %1</translation>
    </message>
    <message>
        <source>延至 %1</source>
        <translation>Until %1</translation>
    </message>
    <message>
        <source>原因：%1</source>
        <translation>Why: %1</translation>
    </message>
    <message>
        <source>依据：%1</source>
        <translation>Basis: %1</translation>
    </message>
    <message>
        <source>理由：%1</source>
        <translation>Reason: %1</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::ScriptEditor</name>
    <message>
        <source>步骤内容</source>
        <translation>Step</translation>
    </message>
    <message>
        <source>步骤</source>
        <translation>Steps</translation>
    </message>
    <message>
        <source>撤销</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>撤销修改</source>
        <translation>Undo change</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>保存脚本</source>
        <translation>Save script</translation>
    </message>
    <message>
        <source>步骤列表</source>
        <translation>List of steps</translation>
    </message>
    <message>
        <source>添加</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>添加步骤</source>
        <translation>Add step</translation>
    </message>
    <message>
        <source>在这一步之后添加（Ctrl+Enter）</source>
        <translation>Adds one behind this step (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>移除</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>移除步骤</source>
        <translation>Remove step</translation>
    </message>
    <message>
        <source>上移</source>
        <translation>Up</translation>
    </message>
    <message>
        <source>上移步骤</source>
        <translation>Move step up</translation>
    </message>
    <message>
        <source>下移</source>
        <translation>Down</translation>
    </message>
    <message>
        <source>下移步骤</source>
        <translation>Move step down</translation>
    </message>
    <message>
        <source>名称、对象、取证指令</source>
        <translation>Name, target, order</translation>
    </message>
    <message>
        <source>还没有打开脚本。新建一个，或由一次已封存的会话生成。</source>
        <translation>No script is open. Make a new one, or one out of a sealed session.</translation>
    </message>
    <message>
        <source>脚本与取证指令</source>
        <translation>Script and order</translation>
    </message>
    <message>
        <source>第 %1 步</source>
        <translation>Step %1</translation>
    </message>
    <message>
        <source>步骤 · 有修改未保存</source>
        <translation>Steps · not saved</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::ScriptList</name>
    <message>
        <source>取证脚本</source>
        <translation>Capture scripts</translation>
    </message>
    <message>
        <source>新建</source>
        <translation>New</translation>
    </message>
    <message>
        <source>新建脚本</source>
        <translation>New script</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>删除脚本</source>
        <translation>Delete script</translation>
    </message>
    <message>
        <source>脚本列表</source>
        <translation>List of scripts</translation>
    </message>
    <message>
        <source>由会话生成</source>
        <translation>From a session</translation>
    </message>
    <message>
        <source>生成脚本的理由</source>
        <translation>Reason for the script</translation>
    </message>
    <message>
        <source>打开这份证据的理由，记入操作日志</source>
        <translation>Why this evidence is opened; for the operation log</translation>
    </message>
    <message>
        <source>脚本是明文文件，不随证据包加密：含页面上的文字、输入的文字和取证指令（口令除外）。只有本机的本用户可读；用完请删除，不要外传。</source>
        <translation>A script is a plain file, not encrypted with the package: it holds texts of the pages, what was typed (secrets apart) and the order. Only this user of this computer can read it; delete it when it is no longer needed, do not pass it on.</translation>
    </message>
    <message>
        <source>脚本以明文保存</source>
        <translation>Scripts are kept in plain text</translation>
    </message>
    <message>
        <source>由会话生成脚本</source>
        <translation>Make script from session</translation>
    </message>
    <message>
        <source>%1 步 · %2</source>
        <translation>%1 steps · %2</translation>
    </message>
    <message>
        <source>%1 处要改</source>
        <translation>%1 to mend</translation>
    </message>
    <message>
        <source>可以运行</source>
        <translation>Can be run</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::ScriptRunCard</name>
    <message>
        <source>运行</source>
        <translation>Run</translation>
    </message>
    <message>
        <source>脚本进度</source>
        <translation>Progress of the script</translation>
    </message>
    <message>
        <source>运行是一次无人值守的取证：全程录像，结果封存后待复核。</source>
        <translation>A run is an unattended capture: all of it is recorded, the sealed result waits for its review.</translation>
    </message>
    <message>
        <source>脚本运行状态</source>
        <translation>State of the run</translation>
    </message>
    <message>
        <source>运行脚本</source>
        <translation>Run script</translation>
    </message>
    <message>
        <source>停止</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>停止脚本</source>
        <translation>Stop script</translation>
    </message>
    <message>
        <source>正在停止：这一步做完就封存…</source>
        <translation>Stopping: sealed after this step…</translation>
    </message>
    <message>
        <source>第 %1 步，共 %2 步</source>
        <translation>Step %1 of %2</translation>
    </message>
    <message>
        <source>已封存 %1，自动取证，待复核：在“证据库”复核确认后才能作为证据，此前至少保存 30 天。</source>
        <translation>%1 is sealed as an automatic capture and waits for its review: it is evidence once confirmed in the vault, and kept for 30 days at least until then.</translation>
    </message>
    <message>
        <source>脚本停在%1。当时的页面已取证。</source>
        <translation>The script stopped: %1. The page it met is captured. </translation>
    </message>
    <message>
        <source>脚本执行完毕。</source>
        <translation>The script is done. </translation>
    </message>
    <message>
        <source>没有执行完</source>
        <translation>Stopped</translation>
    </message>
    <message>
        <source>执行完毕</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>没有可用的手机</source>
        <translation>No phone can be used</translation>
    </message>
    <message>
        <source>口令“%1”：不写入脚本和证据包</source>
        <translation>Secret “%1”: in neither script nor package</translation>
    </message>
    <message>
        <source>口令 </source>
        <translation>Secret </translation>
    </message>
    <message>
        <source>先给出口令</source>
        <translation>Give the secret first</translation>
    </message>
    <message>
        <source>正在取证</source>
        <translation>A capture is running</translation>
    </message>
    <message>
        <source>正在检测环境、开始录像…</source>
        <translation>Checking the environment, starting the recording…</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::ScriptsView</name>
    <message>
        <source>脚本消息</source>
        <translation>Script messages</translation>
    </message>
    <message>
        <source>已删除 %1；需要时可在脚本文件夹的 removed 中找回。</source>
        <translation>%1 is deleted; if need be it is found in the folder “removed” of the scripts.</translation>
    </message>
    <message>
        <source>没有相应步骤的操作 %1 处，第一处是：%2。</source>
        <translation>%1 acts have no step, the first is: %2. </translation>
    </message>
    <message>
        <source>请看一遍，试运行一次。</source>
        <translation>Read it and try it once.</translation>
    </message>
    <message>
        <source>新脚本</source>
        <translation>New script</translation>
    </message>
    <message>
        <source>先保存</source>
        <translation>Save it first</translation>
    </message>
    <message>
        <source>先改正标出的地方</source>
        <translation>Mend what is marked first</translation>
    </message>
    <message>
        <source>平台首页</source>
        <translation>Platform&apos;s first page</translation>
    </message>
    <message>
        <source>已生成 %1（明文文件）：点按文字 %2 处，按位置点按 %3 处（说明里写有原因）。</source>
        <translation>Made %1 (a plain file): %2 taps by text, %3 by place (their remarks say why). </translation>
    </message>
</context>
<context>
    <name>guzheng::ui::SeekBar</name>
    <message>
        <source>录像位置</source>
        <translation>Place in the recording</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::SensitiveForm</name>
    <message>
        <source>修改敏感信息</source>
        <translation>Edit sensitive values</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>电话，一行一个</source>
        <translation>Phones, one a line</translation>
    </message>
    <message>
        <source>证件号码，一行一个</source>
        <translation>Identity numbers, one a line</translation>
    </message>
    <message>
        <source>修改原因 *</source>
        <translation>Reason of the change *</translation>
    </message>
    <message>
        <source>记入变更历史，不含号码</source>
        <translation>Kept in the history of changes, without the numbers</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::SessionCard</name>
    <message>
        <source>本次取证</source>
        <translation>This capture</translation>
    </message>
    <message>
        <source>主证信息</source>
        <translation>Main information</translation>
    </message>
    <message>
        <source>取证环境</source>
        <translation>Environment</translation>
    </message>
    <message>
        <source>结束并封存</source>
        <translation>End and seal</translation>
    </message>
    <message>
        <source>本次取证 </source>
        <translation>This capture </translation>
    </message>
    <message>
        <source>主体</source>
        <translation>Subject</translation>
    </message>
    <message>
        <source>信用代码</source>
        <translation>Credit code</translation>
    </message>
    <message>
        <source>店铺</source>
        <translation>Shop</translation>
    </message>
    <message>
        <source>取证事由</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>手机</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>挑战码</source>
        <translation>Challenge code</translation>
    </message>
    <message>
        <source>主证 </source>
        <translation>Main information </translation>
    </message>
    <message>
        <source>%1 张</source>
        <translation>%1 taken</translation>
    </message>
    <message>
        <source>未取证</source>
        <translation>missing</translation>
    </message>
    <message>
        <source>%1：%2
应为：%3</source>
        <translation>%1: %2
expected: %3</translation>
    </message>
    <message>
        <source>结束取证卡片</source>
        <translation>End card</translation>
    </message>
    <message>
        <source>结束前还缺</source>
        <translation>Missing before the end</translation>
    </message>
    <message>
        <source>不完整原因</source>
        <translation>Reason for incompleteness</translation>
    </message>
    <message>
        <source>不完整的原因（必填）</source>
        <translation>Why it is incomplete (required)</translation>
    </message>
    <message>
        <source>确认封存</source>
        <translation>Seal now</translation>
    </message>
    <message>
        <source>继续取证</source>
        <translation>Go on</translation>
    </message>
    <message>
        <source>正在封存…</source>
        <translation>Sealing…</translation>
    </message>
    <message>
        <source>正在封存，请稍候…</source>
        <translation>Sealing, one moment…</translation>
    </message>
    <message>
        <source>证据完整，可以封存。封存后内容不能再改。</source>
        <translation>The evidence is complete. After sealing nothing can be changed.</translation>
    </message>
    <message>
        <source>还缺以下内容，封存后会标为“不完整”，且不能再补：
%1</source>
        <translation>The following misses; the package would be sealed as incomplete and cannot be completed later:
%1</translation>
    </message>
    <message>
        <source>暂停后手机不接受操作，录制继续；暂停和原因记入日志</source>
        <translation>While paused the phone takes no input; recording goes on. Pause and reason are journalled</translation>
    </message>
    <message>
        <source>暂停原因</source>
        <translation>Reason of the pause</translation>
    </message>
    <message>
        <source>暂停的原因（必填）</source>
        <translation>Reason of the pause (required)</translation>
    </message>
    <message>
        <source>暂停</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>确认暂停</source>
        <translation>Confirm the pause</translation>
    </message>
    <message>
        <source>不暂停</source>
        <translation>Do not pause</translation>
    </message>
    <message>
        <source>暂停期间手机不接受操作，录制继续。</source>
        <translation>While paused the phone takes no input; recording goes on.</translation>
    </message>
    <message>
        <source>继续操作</source>
        <translation>Resume</translation>
    </message>
    <message>
        <source>暂停操作</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>%1，仍要取证：%2</source>
        <translation>%1, let pass: %2</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::SettingsPage</name>
    <message>
        <source>设置消息</source>
        <translation>Settings message</translation>
    </message>
    <message>
        <source>人员</source>
        <translation>People</translation>
    </message>
    <message>
        <source>信任的证书</source>
        <translation>Trusted certificates</translation>
    </message>
    <message>
        <source>时间戳机构</source>
        <translation>Time-stamp authorities</translation>
    </message>
    <message>
        <source>检测</source>
        <translation>Check</translation>
    </message>
    <message>
        <source>检测时间戳机构</source>
        <translation>Check the time-stamp authorities</translation>
    </message>
    <message>
        <source>向每一家要一个时间戳；不涉及任何证据</source>
        <translation>Asks each for a time stamp; no evidence is involved</translation>
    </message>
    <message>
        <source>策略</source>
        <translation>Policy</translation>
    </message>
    <message>
        <source>正在等待回答…</source>
        <translation>Waiting for an answer…</translation>
    </message>
    <message>
        <source>口令已更换，本人在本机的全部密钥都改用新口令。备份在别处的密钥文件仍用旧口令。</source>
        <translation>The passphrase was changed for all your keys on this machine. Key files kept elsewhere still have the old one.</translation>
    </message>
    <message>
        <source>%1 秒后可再试。</source>
        <translation> Try again in %1 s.</translation>
    </message>
    <message>
        <source>口令没有更换。</source>
        <translation>The passphrase was not changed. </translation>
    </message>
    <message>
        <source>单位根证书</source>
        <translation>Bureau&apos;s root</translation>
    </message>
    <message>
        <source>吊销列表</source>
        <translation>Revocation list</translation>
    </message>
    <message>
        <source>归档证书</source>
        <translation>Archive</translation>
    </message>
    <message>
        <source>中心接收证书</source>
        <translation>Central ingest</translation>
    </message>
    <message>
        <source>工作站证书</source>
        <translation>Station</translation>
    </message>
    <message>
        <source>时间戳机构根证书</source>
        <translation>Time-stamp root</translation>
    </message>
    <message>
        <source>人员证书 %1</source>
        <translation>Officer %1</translation>
    </message>
    <message>
        <source>%1 %2 已于 %3 到期</source>
        <translation>%1 %2 expired on %3</translation>
    </message>
    <message>
        <source>%1 %2 将于 %3 到期</source>
        <translation>%1 %2 expires on %3</translation>
    </message>
    <message>
        <source>到期后相应的登录、签名或封存不能进行，已封存的证据不受影响。请管理员及时续签（guzheng-evidence ca renew、ca crl）。</source>
        <translation>What has expired can no longer log in, sign or seal; sealed evidence is not affected. Have it renewed (guzheng-evidence ca renew, ca crl).</translation>
    </message>
    <message>
        <source>到期提醒</source>
        <translation>Expiry warnings</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>执法证号</source>
        <translation>badge</translation>
    </message>
    <message>
        <source>单位</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>证书有效期至</source>
        <translation>Valid until</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>密钥</source>
        <translation>Key</translation>
    </message>
    <message>
        <source>人员 %1</source>
        <translation>Person %1</translation>
    </message>
    <message>
        <source>在本机</source>
        <translation>here</translation>
    </message>
    <message>
        <source>不在本机</source>
        <translation>not here</translation>
    </message>
    <message>
        <source>指纹 </source>
        <translation>Fingerprint </translation>
    </message>
    <message>
        <source>%1 至 %2</source>
        <translation>%1 to %2</translation>
    </message>
    <message>
        <source>还没有检测</source>
        <translation>not checked yet</translation>
    </message>
    <message>
        <source>时间戳机构回答 %1</source>
        <translation>Answer of authority %1</translation>
    </message>
    <message>
        <source>在本程序内（练习）</source>
        <translation>in this program (practice)</translation>
    </message>
    <message>
        <source>正常：%1，用时 %2 ms，与本机时钟相差 %3 秒</source>
        <translation>Good: %1, took %2 ms, %3 s from the clock here</translation>
    </message>
    <message>
        <source>没有得到时间戳（%1 ms）：%2。取证时会用另一家，或稍后补盖。</source>
        <translation>No time stamp (%1 ms): %2. A capture uses another authority, or is stamped later.</translation>
    </message>
    <message>
        <source>策略 </source>
        <translation>Policy: </translation>
    </message>
    <message>
        <source>工作站</source>
        <translation>Station</translation>
    </message>
    <message>
        <source>证据库</source>
        <translation>Evidence</translation>
    </message>
    <message>
        <source>策略文件</source>
        <translation>Policy file</translation>
    </message>
    <message>
        <source>没有：这是练习台，不锁定，不得作为证据</source>
        <translation>none: this is the practice desk, it does not lock, nothing here is evidence</translation>
    </message>
    <message>
        <source>无操作锁定</source>
        <translation>Locks when idle</translation>
    </message>
    <message>
        <source>%1 分钟</source>
        <translation>after %1 min</translation>
    </message>
    <message>
        <source>提前 %1 天</source>
        <translation>%1 days ahead</translation>
    </message>
    <message>
        <source>至少保存</source>
        <translation>Kept at least</translation>
    </message>
    <message>
        <source>%1 个月</source>
        <translation>%1 months</translation>
    </message>
    <message>
        <source>最少剩余空间</source>
        <translation>Least free space</translation>
    </message>
    <message>
        <source>%1，少于此数不开始取证</source>
        <translation>%1; below it no capture starts</translation>
    </message>
    <message>
        <source>第二副本</source>
        <translation>Second copy</translation>
    </message>
    <message>
        <source>没有</source>
        <translation>none</translation>
    </message>
    <message>
        <source>投屏程序</source>
        <translation>scrcpy servers</translation>
    </message>
    <message>
        <source>只接受 scrcpy 官方发布的</source>
        <translation>upstream&apos;s own only</translation>
    </message>
    <message>
        <source>官方发布的，以及 %1</source>
        <translation>upstream&apos;s own, and %1</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>更换自己的口令</source>
        <translation>Change your passphrase</translation>
    </message>
    <message>
        <source>现在的口令</source>
        <translation>Present passphrase</translation>
    </message>
    <message>
        <source>新口令</source>
        <translation>New passphrase</translation>
    </message>
    <message>
        <source>新口令再输一次</source>
        <translation>New passphrase again</translation>
    </message>
    <message>
        <source>口令提示</source>
        <translation>About the passphrase</translation>
    </message>
    <message>
        <source>更换口令</source>
        <translation>Change passphrase</translation>
    </message>
    <message>
        <source>正在更换…</source>
        <translation>Changing…</translation>
    </message>
    <message>
        <source>新口令至少 8 个字符。</source>
        <translation>At least 8 characters.</translation>
    </message>
    <message>
        <source>两次输入的新口令不一样。</source>
        <translation>The two new passphrases differ.</translation>
    </message>
    <message>
        <source>只换口令，密钥和证书不变；已封存的证据不受影响。</source>
        <translation>Only the passphrase changes, not key or certificate; sealed evidence is not affected.</translation>
    </message>
    <message>
        <source>单位与证书</source>
        <translation>Bureau and certificates</translation>
    </message>
    <message>
        <source>节点</source>
        <translation>Nodes</translation>
    </message>
    <message>
        <source>设备与介质</source>
        <translation>Phones and media</translation>
    </message>
    <message>
        <source>设置 </source>
        <translation>Settings </translation>
    </message>
    <message>
        <source>应用证书基线</source>
        <translation>Baseline of apps</translation>
    </message>
    <message>
        <source>没有：应用验真只能核对签名是否有效</source>
        <translation>None: of apps only the signature can be checked, not whose it is</translation>
    </message>
    <message>
        <source>脚本</source>
        <translation>Scripts</translation>
    </message>
    <message>
        <source>主体库</source>
        <translation>Subject library</translation>
    </message>
    <message>
        <source>监测任务职责</source>
        <translation>Duties in monitoring tasks</translation>
    </message>
    <message>
        <source>由 [duties] 一节按执法证号规定</source>
        <translation>By badge, in section [duties]</translation>
    </message>
    <message>
        <source>没有写：每名执法人员都可办理全部环节</source>
        <translation>Not given: every officer may do everything</translation>
    </message>
    <message>
        <source>监测任务</source>
        <translation>Tasks</translation>
    </message>
    <message>
        <source>应用基线</source>
        <translation>Apps</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::SetupView</name>
    <message>
        <source>取证消息</source>
        <translation>Capture message</translation>
    </message>
    <message>
        <source>取证指令</source>
        <translation>Capture order</translation>
    </message>
    <message>
        <source>带 * 的必填</source>
        <translation>* required</translation>
    </message>
    <message>
        <source>手机</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>开始前还缺</source>
        <translation>Missing before the start</translation>
    </message>
    <message>
        <source>开始取证  Ctrl+Enter</source>
        <translation>Start capture  Ctrl+Enter</translation>
    </message>
    <message>
        <source>开始取证</source>
        <translation>Start capture</translation>
    </message>
    <message>
        <source>工作站正在打开</source>
        <translation>the workstation is opening</translation>
    </message>
    <message>
        <source>取证指令缺“%1”</source>
        <translation>the order lacks “%1”</translation>
    </message>
    <message>
        <source>没有选中可用的手机</source>
        <translation>no usable phone is chosen</translation>
    </message>
    <message>
        <source>正在连接手机、检查取证环境，需要几秒钟…</source>
        <translation>Connecting and checking the environment, a few seconds…</translation>
    </message>
    <message>
        <source>正在开始…</source>
        <translation>Starting…</translation>
    </message>
    <message>
        <source>已封存卡片</source>
        <translation>Sealed card</translation>
    </message>
    <message>
        <source>已封存，证据完整</source>
        <translation>Sealed, complete</translation>
    </message>
    <message>
        <source>已封存，标为不完整</source>
        <translation>Sealed as incomplete</translation>
    </message>
    <message>
        <source>证据包编号</source>
        <translation>Package number</translation>
    </message>
    <message>
        <source>封签指纹</source>
        <translation>Seal fingerprint</translation>
    </message>
    <message>
        <source>证据包</source>
        <translation>Package</translation>
    </message>
    <message>
        <source>时间戳</source>
        <translation>Time stamp</translation>
    </message>
    <message>
        <source>已加盖 %1</source>
        <translation>stamped %1</translation>
    </message>
    <message>
        <source>待时间戳</source>
        <translation>Time stamp pending</translation>
    </message>
    <message>
        <source>练习 — 不得作为证据</source>
        <translation>Practice — no evidence</translation>
    </message>
    <message>
        <source>查看证据包</source>
        <translation>View package</translation>
    </message>
    <message>
        <source>生成报告</source>
        <translation>Make report</translation>
    </message>
    <message>
        <source>指令</source>
        <translation>Order</translation>
    </message>
    <message>
        <source>开始前告知</source>
        <translation>Statements</translation>
    </message>
    <message>
        <source>填写 </source>
        <translation>Fill in: </translation>
    </message>
    <message>
        <source>开始前告知缺“%1”</source>
        <translation>statements lack “%1”</translation>
    </message>
    <message>
        <source>没有选第二名取证人员</source>
        <translation>no second officer chosen</translation>
    </message>
    <message>
        <source>待签：第二名人员还没有签名</source>
        <translation>待签: the second officer has not signed yet</translation>
    </message>
    <message>
        <source>没有开始取证：手机 %1 由“%2”使用，自 %3 起。没有留下任何证据。请换一台手机，或等对方结束后再开始。</source>
        <translation>No capture began: phone %1 is used by “%2” since %3. No evidence was left behind. Take another phone, or start when they have ended.</translation>
    </message>
    <message>
        <source>不明时间</source>
        <translation>an unknown time</translation>
    </message>
    <message>
        <source>对方登录节点的密钥：%1。</source>
        <translation> Key it logged in with: %1.</translation>
    </message>
    <message>
        <source>环境检测</source>
        <translation>Environment</translation>
    </message>
    <message>
        <source>正在检测取证环境</source>
        <translation>The environment is being checked</translation>
    </message>
    <message>
        <source>环境检测“%1”不符</source>
        <translation>Environment: “%1” failed</translation>
    </message>
    <message>
        <source>并行取证…（几部手机）</source>
        <translation>Parallel capture… (several phones)</translation>
    </message>
    <message>
        <source>并行取证</source>
        <translation>Parallel capture</translation>
    </message>
    <message>
        <source>并行取证已封存卡片</source>
        <translation>Card of the sealed parallel capture</translation>
    </message>
    <message>
        <source>并行取证已封存：%1 部手机，%2 个证据包</source>
        <translation>Parallel capture sealed: %1 phones, %2 packages</translation>
    </message>
    <message>
        <source>并行取证结果</source>
        <translation>Result of the parallel capture</translation>
    </message>
    <message>
        <source>手机 %1</source>
        <translation>Phone %1</translation>
    </message>
    <message>
        <source> · 中途停止：%1</source>
        <translation> · stopped on the way: %1</translation>
    </message>
    <message>
        <source>没有证据包：%1</source>
        <translation>No package: %1</translation>
    </message>
    <message>
        <source>查看 %1</source>
        <translation>Open %1</translation>
    </message>
    <message>
        <source>没有写成组记录，各包都不完整：%1</source>
        <translation>The group’s record was not written, no package is complete: %1</translation>
    </message>
    <message>
        <source>同时录下手机的声音</source>
        <translation>Also record the phone&apos;s sound</translation>
    </message>
    <message>
        <source>录音须有文字记录：取证中在左栏写下听到的内容，没有的证据包为不完整。手机自己的喇叭这时不出声，声音从本工作站放出</source>
        <translation>Sound needs a text record: write down in the left column what is heard, or the package is incomplete. The phone&apos;s own loudspeaker is silent meanwhile; the sound comes from this workstation</translation>
    </message>
    <message>
        <source>已填入主体“%1”。请核对指令，再开始取证。</source>
        <translation>Filled in from subject “%1”. Check the order, then start.</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::SheetForm</name>
    <message>
        <source>未定</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>网络交易监测任务单</source>
        <translation>Monitoring task sheet</translation>
    </message>
    <message>
        <source>发起单位（盖章）</source>
        <translation>Requesting unit</translation>
    </message>
    <message>
        <source>监测类别</source>
        <translation>Category</translation>
    </message>
    <message>
        <source>监测方式</source>
        <translation>Method</translation>
    </message>
    <message>
        <source>监测时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>监测对象类型</source>
        <translation>Kinds of targets</translation>
    </message>
    <message>
        <source>任务单 监测内容</source>
        <translation>Sheet content</translation>
    </message>
    <message>
        <source>监测内容</source>
        <translation>Content</translation>
    </message>
    <message>
        <source>监测特征词</source>
        <translation>Feature words</translation>
    </message>
    <message>
        <source>监测结果反馈</source>
        <translation>Feedback</translation>
    </message>
    <message>
        <source>任务单 发起单位</source>
        <translation>Sheet requesting unit</translation>
    </message>
    <message>
        <source>任务单 编号</source>
        <translation>Sheet number</translation>
    </message>
    <message>
        <source>监测类别 </source>
        <translation>Category </translation>
    </message>
    <message>
        <source>监测方式 </source>
        <translation>Method </translation>
    </message>
    <message>
        <source>任务单 第三方名称</source>
        <translation>Sheet third party</translation>
    </message>
    <message>
        <source>第三方名称（可不填）</source>
        <translation>third party&apos;s name (optional)</translation>
    </message>
    <message>
        <source>任务单 </source>
        <translation>Sheet </translation>
    </message>
    <message>
        <source>监测时间 起</source>
        <translation>Time begin</translation>
    </message>
    <message>
        <source>监测时间 止</source>
        <translation>Time end</translation>
    </message>
    <message>
        <source>监测时间 工作日</source>
        <translation>Time working days</translation>
    </message>
    <message>
        <source>至</source>
        <translation>to</translation>
    </message>
    <message>
        <source>监测对象 </source>
        <translation>Target </translation>
    </message>
    <message>
        <source>监测对象 注明其他</source>
        <translation>Target other</translation>
    </message>
    <message>
        <source>注明其他</source>
        <translation>which</translation>
    </message>
    <message>
        <source>特征词 </source>
        <translation>Feature words </translation>
    </message>
    <message>
        <source>关键字词</source>
        <translation>Keywords</translation>
    </message>
    <message>
        <source>行业用语</source>
        <translation>Trade terms</translation>
    </message>
    <message>
        <source>暗号暗语</source>
        <translation>Code words</translation>
    </message>
    <message>
        <source>图形图像</source>
        <translation>Pictures</translation>
    </message>
    <message>
        <source>音视频</source>
        <translation>Sound, film</translation>
    </message>
    <message>
        <source>反馈 </source>
        <translation>Feedback </translation>
    </message>
    <message>
        <source>反馈状态 </source>
        <translation>Feedback state </translation>
    </message>
    <message>
        <source>生成…</source>
        <translation>Make…</translation>
    </message>
    <message>
        <source>生成 </source>
        <translation>Make </translation>
    </message>
    <message>
        <source>报送…</source>
        <translation>Send…</translation>
    </message>
    <message>
        <source>报送 </source>
        <translation>Send </translation>
    </message>
    <message>
        <source>报送盖好章的扫描件，或另外做好的文件</source>
        <translation>Send the stamped scan, or a file made elsewhere</translation>
    </message>
    <message>
        <source>反馈 平台个数</source>
        <translation>Feedback platforms</translation>
    </message>
    <message>
        <source>反馈 监测次数</source>
        <translation>Feedback rounds</translation>
    </message>
    <message>
        <source>个</source>
        <translation>platforms</translation>
    </message>
    <message>
        <source>次</source>
        <translation>rounds</translation>
    </message>
    <message>
        <source>任务单 进度</source>
        <translation>Sheet progress</translation>
    </message>
    <message>
        <source>任务单 还缺</source>
        <translation>Sheet misses</translation>
    </message>
    <message>
        <source>打印  Ctrl+P</source>
        <translation>Print  Ctrl+P</translation>
    </message>
    <message>
        <source>打印任务单</source>
        <translation>Print the sheet</translation>
    </message>
    <message>
        <source>存草稿  Ctrl+S</source>
        <translation>Save  Ctrl+S</translation>
    </message>
    <message>
        <source>存草稿</source>
        <translation>Save draft</translation>
    </message>
    <message>
        <source>提交  Ctrl+Enter</source>
        <translation>Submit  Ctrl+Enter</translation>
    </message>
    <message>
        <source>提交任务单</source>
        <translation>Submit sheet</translation>
    </message>
    <message>
        <source>编号：提交时取得</source>
        <translation>number: when submitted</translation>
    </message>
    <message>
        <source>编号 %1</source>
        <translation>No. %1</translation>
    </message>
    <message>
        <source>必填 %1/%2</source>
        <translation>Required %1/%2</translation>
    </message>
    <message>
        <source> · 正在保存…</source>
        <translation> · saving…</translation>
    </message>
    <message>
        <source> · %1 已存</source>
        <translation> · saved %1</translation>
    </message>
    <message>
        <source>监测时间的止早于起</source>
        <translation>the end is before the beginning</translation>
    </message>
    <message>
        <source>%1（没有勾选）</source>
        <translation>%1 (not ticked)</translation>
    </message>
    <message>
        <source>还缺：%1</source>
        <translation>Missing: %1</translation>
    </message>
    <message>
        <source> 等 %1 项</source>
        <translation> and more, %1 in all</translation>
    </message>
    <message>
        <source>提交修订  Ctrl+Enter</source>
        <translation>Submit revision  Ctrl+Enter</translation>
    </message>
    <message>
        <source>共 %1 个工作日</source>
        <translation>%1 working days</translation>
    </message>
    <message>
        <source>✓ 已报送</source>
        <translation>✓ sent</translation>
    </message>
    <message>
        <source>○ 未报送</source>
        <translation>○ not sent</translation>
    </message>
    <message>
        <source>选择样例文件</source>
        <translation>Choose a sample file</translation>
    </message>
    <message>
        <source>选一个任务，这里是它的任务单；或新建一份（Ctrl+N）。</source>
        <translation>Choose a task: here is its sheet. Or write a new one (Ctrl+N).</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::SoundCard</name>
    <message>
        <source>录音状态</source>
        <translation>Sound state</translation>
    </message>
    <message>
        <source>录音段</source>
        <translation>Stretch of sound</translation>
    </message>
    <message>
        <source>录音文字记录</source>
        <translation>Text record of the sound</translation>
    </message>
    <message>
        <source>听到的内容，谁说的，逐句写下；没有人声也要写明</source>
        <translation>What is heard, and who says it, sentence by sentence; say so if there is no voice</translation>
    </message>
    <message>
        <source>记下文字记录</source>
        <translation>Keep the text record</translation>
    </message>
    <message>
        <source>第 %1 段录音</source>
        <translation>Stretch %1</translation>
    </message>
    <message>
        <source>录音有文字记录，可以再改</source>
        <translation>The sound has its text record; it can still be changed</translation>
    </message>
    <message>
        <source>录音还缺文字记录：%1 段</source>
        <translation>Text record of the sound still missing: %1</translation>
    </message>
    <message>
        <source>正在录音。</source>
        <translation>Recording sound. </translation>
    </message>
    <message>
        <source>听手机的声音</source>
        <translation>Hear the phone</translation>
    </message>
    <message>
        <source>手机没有送来声音，录像继续。</source>
        <translation>The phone sends no sound; the film goes on. </translation>
    </message>
</context>
<context>
    <name>guzheng::ui::SpeakerRow</name>
    <message>
        <source>正在打开声音设备…</source>
        <translation>Opening the sound device…</translation>
    </message>
    <message>
        <source>%1 音量</source>
        <translation>%1 volume</translation>
    </message>
    <message>
        <source>%1 状态</source>
        <translation>%1 state</translation>
    </message>
    <message>
        <source>声音开着，点按关掉</source>
        <translation>Sound is on; press to switch it off</translation>
    </message>
    <message>
        <source>声音关着，点按打开</source>
        <translation>Sound is off; press to switch it on</translation>
    </message>
    <message>
        <source>开</source>
        <translation>On</translation>
    </message>
    <message>
        <source>关</source>
        <translation>Off</translation>
    </message>
    <message>
        <source>没有声音设备，听不到声音</source>
        <translation>No sound device: nothing can be heard</translation>
    </message>
    <message>
        <source>声音设备出错，听不到声音</source>
        <translation>The sound device failed: nothing can be heard</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::StatementsForm</name>
    <message>
        <source>在场人的姓名、身份</source>
        <translation>name and role of who is present</translation>
    </message>
    <message>
        <source>出示执法证</source>
        <translation>Credentials shown</translation>
    </message>
    <message>
        <source>权利告知</source>
        <translation>Rights</translation>
    </message>
    <message>
        <source>回避告知</source>
        <translation>Recusal</translation>
    </message>
    <message>
        <source> 回答</source>
        <translation> answer</translation>
    </message>
    <message>
        <source> 态度</source>
        <translation> consent</translation>
    </message>
    <message>
        <source> 理由</source>
        <translation> reason</translation>
    </message>
    <message>
        <source>逐项告知，逐项记下回答；没有一项的回答可以代替另一项。</source>
        <translation>Say each statement and write down its own answer; no answer stands for another.</translation>
    </message>
    <message>
        <source>请选择回答…</source>
        <translation>Choose the answer…</translation>
    </message>
    <message>
        <source>在场，没有作答</source>
        <translation>There, gave no answer</translation>
    </message>
    <message>
        <source>当事人及其代表不在场</source>
        <translation>Nobody was there</translation>
    </message>
    <message>
        <source> 回答人</source>
        <translation> answered by</translation>
    </message>
    <message>
        <source>回答的原话</source>
        <translation>The words of the answer</translation>
    </message>
    <message>
        <source>回答 *</source>
        <translation>Answer *</translation>
    </message>
    <message>
        <source>为什么有异议或申请</source>
        <translation>why they object or apply</translation>
    </message>
    <message>
        <source>回答人</source>
        <translation>Answered by</translation>
    </message>
    <message>
        <source>原话</source>
        <translation>In their words</translation>
    </message>
    <message>
        <source>理由</source>
        <translation>Reason</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::StatusStrip</name>
    <message>
        <source>连接状态</source>
        <translation>Connection</translation>
    </message>
    <message>
        <source>证据库状态</source>
        <translation>Vault state</translation>
    </message>
    <message>
        <source>链头状态</source>
        <translation>Chain head</translation>
    </message>
    <message>
        <source>F1 帮助</source>
        <translation>F1 Help</translation>
    </message>
    <message>
        <source>已连接手机 %1 台</source>
        <translation>%1 phones connected</translation>
    </message>
    <message>
        <source>没有可用的手机</source>
        <translation>No usable phone</translation>
    </message>
    <message>
        <source>证据库剩余 %1</source>
        <translation>Vault: %1 free</translation>
    </message>
    <message>
        <source>正在打开证据库…</source>
        <translation>Opening the vault…</translation>
    </message>
    <message>
        <source>链头已固化 %1 · 日志 %2 条 · 录像 %3</source>
        <translation>Head fixed %1 · journal %2 lines · recording %3</translation>
    </message>
    <message>
        <source>没有进行中的取证</source>
        <translation>No capture running</translation>
    </message>
    <message>
        <source>同步状态</source>
        <translation>Sync state</translation>
    </message>
    <message>
        <source>打开“同步”</source>
        <translation>Opens “Sync”</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::StepForm</name>
    <message>
        <source>这一步要改的地方</source>
        <translation>What is to be mended</translation>
    </message>
    <message>
        <source>步骤 </source>
        <translation>Step </translation>
    </message>
    <message>
        <source>不填</source>
        <translation>none</translation>
    </message>
    <message>
        <source>动作</source>
        <translation>Act</translation>
    </message>
    <message>
        <source>脚本名称</source>
        <translation>Script&apos;s name</translation>
    </message>
    <message>
        <source>对象 应用</source>
        <translation>Target: app</translation>
    </message>
    <message>
        <source>包名，例如 com.example.shop，执行时从头打开</source>
        <translation>package, as com.example.shop; started anew at each run</translation>
    </message>
    <message>
        <source>对象 网址</source>
        <translation>Target: link</translation>
    </message>
    <message>
        <source>https://…</source>
        <translation>https://…</translation>
    </message>
    <message>
        <source>对象 其他标识</source>
        <translation>Target: other mark</translation>
    </message>
    <message>
        <source>小程序、账号、店铺编号等</source>
        <translation>mini program, account, shop number</translation>
    </message>
    <message>
        <source>取证事由</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>取证内容</source>
        <translation>What is taken</translation>
    </message>
    <message>
        <source>法律依据</source>
        <translation>Legal basis</translation>
    </message>
    <message>
        <source>当事人</source>
        <translation>Subject</translation>
    </message>
    <message>
        <source>统一社会信用代码</source>
        <translation>Credit code</translation>
    </message>
    <message>
        <source>店铺</source>
        <translation>Shop</translation>
    </message>
    <message>
        <source>平台</source>
        <translation>Platform</translation>
    </message>
    <message>
        <source>网址或标识</source>
        <translation>Link or mark</translation>
    </message>
    <message>
        <source>权属</source>
        <translation>Ownership</translation>
    </message>
    <message>
        <source>指令编号</source>
        <translation>Order number</translation>
    </message>
    <message>
        <source>任务</source>
        <translation>Task</translation>
    </message>
    <message>
        <source>案件编号</source>
        <translation>Case number</translation>
    </message>
    <message>
        <source>裁取…</source>
        <translation>Cut…</translation>
    </message>
    <message>
        <source>从截图裁取图片</source>
        <translation>Cut the picture from a screenshot</translation>
    </message>
    <message>
        <source>从一次取证的截图上框出要找的部分</source>
        <translation>Frame on a captured screenshot what is to be looked for</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::SubjectForm</name>
    <message>
        <source>修改主体</source>
        <translation>Edit subject</translation>
    </message>
    <message>
        <source>新主体</source>
        <translation>New subject</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>名称 *</source>
        <translation>Name *</translation>
    </message>
    <message>
        <source>营业执照上的名称</source>
        <translation>Name on the business licence</translation>
    </message>
    <message>
        <source>简称</source>
        <translation>Short name</translation>
    </message>
    <message>
        <source>信用代码</source>
        <translation>Credit code</translation>
    </message>
    <message>
        <source>18 位统一社会信用代码</source>
        <translation>Unified social credit code, 18 characters</translation>
    </message>
    <message>
        <source>注册号</source>
        <translation>Registration number</translation>
    </message>
    <message>
        <source>15 位，没有信用代码时填</source>
        <translation>15 digits, when there is no credit code</translation>
    </message>
    <message>
        <source>主体种类</source>
        <translation>Kind of subject</translation>
    </message>
    <message>
        <source>登记状态</source>
        <translation>Registered state</translation>
    </message>
    <message>
        <source>地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>地区代码</source>
        <translation>Region code</translation>
    </message>
    <message>
        <source>行政区划代码，例如 330106</source>
        <translation>GB/T 2260, for example 330106</translation>
    </message>
    <message>
        <source>行业代码</source>
        <translation>Industry code</translation>
    </message>
    <message>
        <source>例如 F5225</source>
        <translation>For example F5225</translation>
    </message>
    <message>
        <source>主营品类</source>
        <translation>Main category</translation>
    </message>
    <message>
        <source>许可</source>
        <translation>Licences</translation>
    </message>
    <message>
        <source>监管单位</source>
        <translation>Supervising unit</translation>
    </message>
    <message>
        <source>数据级别</source>
        <translation>Data level</translation>
    </message>
    <message>
        <source>数据地域</source>
        <translation>Data region</translation>
    </message>
    <message>
        <source>修改原因 *</source>
        <translation>Reason of the change *</translation>
    </message>
    <message>
        <source>登记原因 *</source>
        <translation>Reason of the entry *</translation>
    </message>
    <message>
        <source>记入变更历史</source>
        <translation>Kept in the history of changes</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::SubjectPick</name>
    <message>
        <source>名称或信用代码，从主体库选；库中没有的直接填写</source>
        <translation>name or credit code; choose from the library, or write any other</translation>
    </message>
    <message>
        <source> 主体库</source>
        <translation> library</translation>
    </message>
    <message>
        <source> 已关联</source>
        <translation> linked</translation>
    </message>
    <message>
        <source>✓ 已关联主体库</source>
        <translation>✓ Linked to the subject library</translation>
    </message>
    <message>
        <source>✓ 已关联主体库：%1</source>
        <translation>✓ in the library: %1</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::SubjectRowsModel</name>
    <message>
        <source>   主体</source>
        <translation>   Subject</translation>
    </message>
    <message>
        <source>标签</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>监管单位</source>
        <translation>Supervising unit</translation>
    </message>
    <message>
        <source>末次检查</source>
        <translation>Last check</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::SubjectTable</name>
    <message>
        <source>主体表</source>
        <translation>Table of subjects</translation>
    </message>
    <message>
        <source>主体表位置</source>
        <translation>Position in the table of subjects</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::SubjectView</name>
    <message>
        <source>主体页消息</source>
        <translation>Subject page messages</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>返回主体列表</source>
        <translation>Back to the list of subjects</translation>
    </message>
    <message>
        <source>主体名称</source>
        <translation>Name of the subject</translation>
    </message>
    <message>
        <source>主体状态</source>
        <translation>State of the subject</translation>
    </message>
    <message>
        <source>撤销</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>撤销主体修改</source>
        <translation>Undo the subject&apos;s change</translation>
    </message>
    <message>
        <source>修改</source>
        <translation>Edit</translation>
    </message>
    <message>
        <source>修改主体</source>
        <translation>Edit subject</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>删除主体</source>
        <translation>Remove subject</translation>
    </message>
    <message>
        <source>发起取证  Ctrl+E</source>
        <translation>Start capture  Ctrl+E</translation>
    </message>
    <message>
        <source>从主体发起取证</source>
        <translation>Start capture from the subject</translation>
    </message>
    <message>
        <source>主体信用代码</source>
        <translation>Credit code of the subject</translation>
    </message>
    <message>
        <source>登记信息</source>
        <translation>Registration</translation>
    </message>
    <message>
        <source>电话与证件</source>
        <translation>Phone and identity</translation>
    </message>
    <message>
        <source>敏感信息</source>
        <translation>Sensitive values</translation>
    </message>
    <message>
        <source>查看…</source>
        <translation>Show…</translation>
    </message>
    <message>
        <source>查看敏感信息</source>
        <translation>Read sensitive values</translation>
    </message>
    <message>
        <source>修改…</source>
        <translation>Edit…</translation>
    </message>
    <message>
        <source>修改敏感信息</source>
        <translation>Edit sensitive values</translation>
    </message>
    <message>
        <source>移动电商</source>
        <translation>Mobile commerce</translation>
    </message>
    <message>
        <source>登记</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>登记店铺账号</source>
        <translation>Add shop or account</translation>
    </message>
    <message>
        <source>店铺与账号</source>
        <translation>Shops and accounts</translation>
    </message>
    <message>
        <source>店铺账号详情</source>
        <translation>Details of the shop or account</translation>
    </message>
    <message>
        <source>修改店铺账号</source>
        <translation>Edit shop or account</translation>
    </message>
    <message>
        <source>移入异常库…</source>
        <translation>To the abnormal library…</translation>
    </message>
    <message>
        <source>移入或移出异常库</source>
        <translation>Into or out of the abnormal library</translation>
    </message>
    <message>
        <source>删除店铺账号</source>
        <translation>Remove shop or account</translation>
    </message>
    <message>
        <source>相关记录</source>
        <translation>Records</translation>
    </message>
    <message>
        <source>新记录</source>
        <translation>New record</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>记录 </source>
        <translation>Records </translation>
    </message>
    <message>
        <source>记录列表</source>
        <translation>List of records</translation>
    </message>
    <message>
        <source>打开证据包</source>
        <translation>Open package</translation>
    </message>
    <message>
        <source>打开记录的证据包</source>
        <translation>Open the record&apos;s package</translation>
    </message>
    <message>
        <source>变更历史</source>
        <translation>History of changes</translation>
    </message>
    <message>
        <source>变更历史列表</source>
        <translation>List of changes</translation>
    </message>
    <message>
        <source>还没有</source>
        <translation>none yet</translation>
    </message>
    <message>
        <source>（与规则一致）</source>
        <translation> (as the rules propose)</translation>
    </message>
    <message>
        <source>（按规则建议：%1）</source>
        <translation> (by rule: %1)</translation>
    </message>
    <message>
        <source>简称</source>
        <translation>Short name</translation>
    </message>
    <message>
        <source>主体种类</source>
        <translation>Kind of subject</translation>
    </message>
    <message>
        <source>注册号</source>
        <translation>Registration number</translation>
    </message>
    <message>
        <source>主营品类</source>
        <translation>Main category</translation>
    </message>
    <message>
        <source>地区代码</source>
        <translation>Region code</translation>
    </message>
    <message>
        <source>行业代码</source>
        <translation>Industry code</translation>
    </message>
    <message>
        <source>数据级别</source>
        <translation>Data level</translation>
    </message>
    <message>
        <source>数据地域</source>
        <translation>Data region</translation>
    </message>
    <message>
        <source>地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>监管单位</source>
        <translation>Supervising unit</translation>
    </message>
    <message>
        <source>许可</source>
        <translation>Licences</translation>
    </message>
    <message>
        <source>主体 </source>
        <translation>Subject </translation>
    </message>
    <message>
        <source>+ 标签</source>
        <translation>+ tag</translation>
    </message>
    <message>
        <source>给主体加标签</source>
        <translation>Tag the subject</translation>
    </message>
    <message>
        <source>末次检查 %1</source>
        <translation>last check %1</translation>
    </message>
    <message>
        <source>移动电商 %1</source>
        <translation>Mobile commerce %1</translation>
    </message>
    <message>
        <source>原因：%1</source>
        <translation>Reason: %1</translation>
    </message>
    <message>
        <source>移出异常库…</source>
        <translation>Out of the abnormal library…</translation>
    </message>
    <message>
        <source>链接：%1</source>
        <translation>Link: %1</translation>
    </message>
    <message>
        <source>末次检查：%1，%2</source>
        <translation>Last check: %1, %2</translation>
    </message>
    <message>
        <source>监管单位：%1</source>
        <translation>Supervising unit: %1</translation>
    </message>
    <message>
        <source>异常原因：%1</source>
        <translation>Why abnormal: %1</translation>
    </message>
    <message>
        <source>已保存，记入变更历史。</source>
        <translation>Saved and kept in the history of changes.</translation>
    </message>
    <message>
        <source>删除后不再显示，也搜不到；它的店铺账号、记录和变更历史都保留，可以撤销。</source>
        <translation>It will no longer be shown or found; its shops, accounts, records and history are kept, and this can be undone.</translation>
    </message>
    <message>
        <source>将删除“%1”。变更历史保留，可以撤销。</source>
        <translation>“%1” will be removed. Its history is kept, and this can be undone.</translation>
    </message>
    <message>
        <source>已删除，可以撤销。</source>
        <translation>Removed; this can be undone.</translation>
    </message>
    <message>
        <source>移出异常库</source>
        <translation>Out of the abnormal library</translation>
    </message>
    <message>
        <source>移入异常库</source>
        <translation>Into the abnormal library</translation>
    </message>
    <message>
        <source>“%1”将回到正常库，按正常周期检查。</source>
        <translation>“%1” goes back and is checked by the ordinary cycle.</translation>
    </message>
    <message>
        <source>“%1”将移入异常库，按异常库的周期检查。</source>
        <translation>“%1” goes into the abnormal library and is checked by its cycle.</translation>
    </message>
    <message>
        <source>移出</source>
        <translation>Move out</translation>
    </message>
    <message>
        <source>移入</source>
        <translation>Move in</translation>
    </message>
    <message>
        <source>已移出异常库，可以撤销。</source>
        <translation>Moved out of the abnormal library; this can be undone.</translation>
    </message>
    <message>
        <source>已移入异常库，可以撤销。</source>
        <translation>Moved into the abnormal library; this can be undone.</translation>
    </message>
    <message>
        <source>已记下。</source>
        <translation>Noted.</translation>
    </message>
    <message>
        <source>电话和证件号码加密保存。查看的人、时间和原因先记入操作日志，再显示。</source>
        <translation>Phone and identity numbers are stored encrypted. Who reads them, when and why is entered in the operation log first, then they are shown.</translation>
    </message>
    <message>
        <source>查看</source>
        <translation>Show</translation>
    </message>
    <message>
        <source>电话 %1</source>
        <translation>Phone %1</translation>
    </message>
    <message>
        <source>证件 %1</source>
        <translation>Identity %1</translation>
    </message>
    <message>
        <source>没有登记电话和证件号码。</source>
        <translation>No phone or identity number is entered.</translation>
    </message>
    <message>
        <source>已隐藏</source>
        <translation>Hidden</translation>
    </message>
    <message>
        <source>比对</source>
        <translation>Compare</translation>
    </message>
    <message>
        <source>比对相似主体</source>
        <translation>Compare alike subjects</translation>
    </message>
    <message>
        <source>库中有没有另一个主体其实就是它</source>
        <translation>Whether another subject of the library is this one</translation>
    </message>
    <message>
        <source>还没有登记网店、小程序、账号或应用。</source>
        <translation>No shops, mini-programs, accounts or apps yet.</translation>
    </message>
    <message>
        <source>还没有投诉、案件、处罚等记录。</source>
        <translation>No complaints, cases, penalties or other records yet.</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::SubjectsPage</name>
    <message>
        <source>主体消息</source>
        <translation>Subject messages</translation>
    </message>
    <message>
        <source>已导出 %1 个主体到 %2，记入操作日志。电话和证件号码不在其中。</source>
        <translation>%1 subjects were exported to %2 and entered in the operation log. Phone and identity numbers are not in it.</translation>
    </message>
    <message>
        <source>已删除“%1”，可以撤销。</source>
        <translation>“%1” was removed; this can be undone.</translation>
    </message>
    <message>
        <source>导入的“%1”有新的%2：%3</source>
        <translation>Import “%1” brings a new %2: %3</translation>
    </message>
    <message>
        <source>%1 个</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>标签已更新，可以撤销。</source>
        <translation>Tags were updated; this can be undone.</translation>
    </message>
    <message>
        <source>已撤销上一步。</source>
        <translation>The last step was undone.</translation>
    </message>
    <message>
        <source>导入的“%1”第 %2 行与重点主体匹配：%3</source>
        <translation>Import of “%1”, line %2 is a watched subject: %3</translation>
    </message>
    <message>
        <source>这次导入新增的</source>
        <translation>added by this import</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>按筛选</source>
        <translation>by filter</translation>
    </message>
    <message>
        <source>%1，按筛选</source>
        <translation>%1, by filter</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::SubjectsView</name>
    <message>
        <source>主体库 </source>
        <translation>Library </translation>
    </message>
    <message>
        <source> 天</source>
        <translation> days</translation>
    </message>
    <message>
        <source>主体库设置消息</source>
        <translation>Library settings messages</translation>
    </message>
    <message>
        <source>检查周期</source>
        <translation>Check cycle</translation>
    </message>
    <message>
        <source>正常库检查周期</source>
        <translation>Ordinary check cycle</translation>
    </message>
    <message>
        <source>异常库检查周期</source>
        <translation>Check cycle of the abnormal library</translation>
    </message>
    <message>
        <source>正常库，30 至 45 天</source>
        <translation>Ordinary, 30 to 45 days</translation>
    </message>
    <message>
        <source>异常库</source>
        <translation>Abnormal library</translation>
    </message>
    <message>
        <source>保存周期</source>
        <translation>Save cycle</translation>
    </message>
    <message>
        <source>检查周期已保存，逾期从现在按它计算。</source>
        <translation>The cycle was saved; what is overdue goes by it from now on.</translation>
    </message>
    <message>
        <source>监管单位</source>
        <translation>Supervising unit</translation>
    </message>
    <message>
        <source>监管单位列表</source>
        <translation>List of supervising units</translation>
    </message>
    <message>
        <source>单位名称</source>
        <translation>Name of the unit</translation>
    </message>
    <message>
        <source>单位编号</source>
        <translation>Number of the unit</translation>
    </message>
    <message>
        <source>可不填</source>
        <translation>optional</translation>
    </message>
    <message>
        <source>登记单位</source>
        <translation>Add unit</translation>
    </message>
    <message>
        <source>监管单位已登记。</source>
        <translation>The unit was added.</translation>
    </message>
    <message>
        <source>监管单位规则</source>
        <translation>Rules of supervising units</translation>
    </message>
    <message>
        <source>地区最长的规则先用，再看行业，再看平台；空着表示都适用。规则只建议，由人确认。</source>
        <translation>The longest region decides, then the industry, then the platform; empty fits all. Rules only propose, people confirm.</translation>
    </message>
    <message>
        <source>监管单位规则表</source>
        <translation>Table of unit rules</translation>
    </message>
    <message>
        <source>删除选中的规则</source>
        <translation>Delete the chosen rule</translation>
    </message>
    <message>
        <source>地区代码</source>
        <translation>Region code</translation>
    </message>
    <message>
        <source>前几位即可，例如 3301</source>
        <translation>First digits are enough, for example 3301</translation>
    </message>
    <message>
        <source>行业代码</source>
        <translation>Industry code</translation>
    </message>
    <message>
        <source>例如 F52</source>
        <translation>For example F52</translation>
    </message>
    <message>
        <source>平台</source>
        <translation>Platform</translation>
    </message>
    <message>
        <source>全名</source>
        <translation>Whole name</translation>
    </message>
    <message>
        <source>规则的监管单位</source>
        <translation>Unit of the rule</translation>
    </message>
    <message>
        <source>新规则</source>
        <translation>New rule</translation>
    </message>
    <message>
        <source>规则表已保存。</source>
        <translation>The rules were saved.</translation>
    </message>
    <message>
        <source>任何</source>
        <translation>any</translation>
    </message>
    <message>
        <source>地区 %1 · 行业 %2 · 平台 %3</source>
        <translation>region %1 · industry %2 · platform %3</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::SummaryCard</name>
    <message>
        <source>主体摘要</source>
        <translation>Summary of the subject</translation>
    </message>
    <message>
        <source>选中一行，这里显示它的摘要。</source>
        <translation>Choose a row to see its summary here.</translation>
    </message>
    <message>
        <source>摘要 名称</source>
        <translation>Summary name</translation>
    </message>
    <message>
        <source>摘要 信用代码</source>
        <translation>Summary credit code</translation>
    </message>
    <message>
        <source>复制信用代码</source>
        <translation>Copy the credit code</translation>
    </message>
    <message>
        <source>摘要 状态</source>
        <translation>Summary state</translation>
    </message>
    <message>
        <source>地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>主营</source>
        <translation>Sells</translation>
    </message>
    <message>
        <source>监管单位</source>
        <translation>Supervising unit</translation>
    </message>
    <message>
        <source>摘要 </source>
        <translation>Summary </translation>
    </message>
    <message>
        <source>摘要 %1数</source>
        <translation>Summary: number of %1</translation>
    </message>
    <message>
        <source>打开主体页  Enter</source>
        <translation>Open  Enter</translation>
    </message>
    <message>
        <source>打开主体页</source>
        <translation>Open the subject&apos;s page</translation>
    </message>
    <message>
        <source>发起取证  Ctrl+E</source>
        <translation>Start capture  Ctrl+E</translation>
    </message>
    <message>
        <source>发起取证</source>
        <translation>Start capture</translation>
    </message>
    <message>
        <source>还没有</source>
        <translation>none yet</translation>
    </message>
    <message>
        <source>+ 标签</source>
        <translation>+ tag</translation>
    </message>
    <message>
        <source>给所选主体加标签</source>
        <translation>Tag the chosen subject</translation>
    </message>
    <message>
        <source>移动电商 %1</source>
        <translation>Mobile commerce %1</translation>
    </message>
    <message>
        <source>末次检查</source>
        <translation>Last check</translation>
    </message>
    <message>
        <source>另有 %1 项，见主体页</source>
        <translation>%1 more on the subject&apos;s page</translation>
    </message>
    <message>
        <source>没有登记 APP、小程序、账号和网店。</source>
        <translation>No apps, mini-programs, accounts or shops are entered.</translation>
    </message>
    <message>
        <source>最近</source>
        <translation>Latest</translation>
    </message>
    <message>
        <source>还没有投诉、案件和取证。</source>
        <translation>No complaints, cases or captures yet.</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::SyncWindow</name>
    <message>
        <source>同步</source>
        <translation>Sync</translation>
    </message>
    <message>
        <source>中心系统</source>
        <translation>Central system</translation>
    </message>
    <message>
        <source>暂停</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>暂停同步</source>
        <translation>Pause syncing</translation>
    </message>
    <message>
        <source>立即同步</source>
        <translation>Sync now</translation>
    </message>
    <message>
        <source>同步情况</source>
        <translation>Sync standing</translation>
    </message>
    <message>
        <source>同步进度 数字</source>
        <translation>Sync progress in numbers</translation>
    </message>
    <message>
        <source>中心系统地址</source>
        <translation>Address of the central system</translation>
    </message>
    <message>
        <source>同步进度</source>
        <translation>Sync progress</translation>
    </message>
    <message>
        <source>同步为何停着</source>
        <translation>Why syncing stands still</translation>
    </message>
    <message>
        <source>证据包</source>
        <translation>Packages</translation>
    </message>
    <message>
        <source>同步列表</source>
        <translation>Sync list</translation>
    </message>
    <message>
        <source>选中的证据包</source>
        <translation>Chosen package</translation>
    </message>
    <message>
        <source>排到最前</source>
        <translation>Put first</translation>
    </message>
    <message>
        <source>先送这一份；正在上传的送完手上一段就让出来，不会重传</source>
        <translation>Sends this one next; what is under way gives room after its piece, and nothing is sent twice</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>打开证据包</source>
        <translation>Open the package</translation>
    </message>
    <message>
        <source>同步 选中</source>
        <translation>Sync: chosen</translation>
    </message>
    <message>
        <source>同步 说明</source>
        <translation>Sync: what it says</translation>
    </message>
    <message>
        <source>同步 细节</source>
        <translation>Sync: detail</translation>
    </message>
    <message>
        <source>继续</source>
        <translation>Resume</translation>
    </message>
    <message>
        <source>继续同步</source>
        <translation>Resume syncing</translation>
    </message>
    <message>
        <source>没有开始同步</source>
        <translation>Syncing did not begin</translation>
    </message>
    <message>
        <source>没有设中心系统</source>
        <translation>No central system is set</translation>
    </message>
    <message>
        <source>离线</source>
        <translation>Away</translation>
    </message>
    <message>
        <source>正在查看…</source>
        <translation>Looking…</translation>
    </message>
    <message>
        <source>正在暂停：手上的一段送完就停</source>
        <translation>Pausing: stops after the piece under way</translation>
    </message>
    <message>
        <source>已暂停</source>
        <translation>Paused</translation>
    </message>
    <message>
        <source>等您点“立即同步”</source>
        <translation>Waits for “Sync now”</translation>
    </message>
    <message>
        <source>正在同步</source>
        <translation>Syncing</translation>
    </message>
    <message>
        <source>待同步 %1 份</source>
        <translation>%1 to be synced</translation>
    </message>
    <message>
        <source>还要送 %1</source>
        <translation>%1 left to send</translation>
    </message>
    <message>
        <source>两处存储各有一份并核对一致，才算已同步</source>
        <translation>Synced means: two stores hold a verified copy each</translation>
    </message>
    <message>
        <source>%1 · 同时 %2 份 · %3 · %4</source>
        <translation>%1 · %2 at once · %3 · %4</translation>
    </message>
    <message>
        <source>限速 %1</source>
        <translation>at most %1</translation>
    </message>
    <message>
        <source>不限速</source>
        <translation>no limit</translation>
    </message>
    <message>
        <source>封存后自动上传</source>
        <translation>sends by itself after sealing</translation>
    </message>
    <message>
        <source>由人开始</source>
        <translation>begun by hand</translation>
    </message>
    <message>
        <source>单位设了中心系统后，封存的证据自动送去，取得回执。</source>
        <translation>Once the bureau has named a central system, sealed evidence is sent there by itself and gets a receipt.</translation>
    </message>
    <message>
        <source>中心系统的设置有误，没有上传；证据都在本机。请按下面所列的行改正，再重新打开工作站。</source>
        <translation>The settings of the central system are wrong: nothing is sent, all evidence is here. Correct the lines below, then open the workstation again.</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>未完成</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>已同步</source>
        <translation>Synced</translation>
    </message>
    <message>
        <source>被拒收</source>
        <translation>refused</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>同步筛选 </source>
        <translation>Sync filter </translation>
    </message>
    <message>
        <source>最前</source>
        <translation>first</translation>
    </message>
    <message>
        <source>证据库里还没有证据包。</source>
        <translation>There is no package in the vault yet.</translation>
    </message>
    <message>
        <source>没有这一类证据包。</source>
        <translation>No such package.</translation>
    </message>
    <message>
        <source>没有选中</source>
        <translation>Nothing chosen</translation>
    </message>
    <message>
        <source>原因（原文）：%1</source>
        <translation>Reason, as given: %1</translation>
    </message>
    <message>
        <source>%1（至少存到 %2）</source>
        <translation>%1 (kept until %2 at least)</translation>
    </message>
    <message>
        <source>%1 于 %2 收到，%3，核验为%4。存于 %5。存证日志第 %6 条，当时共 %7 条。</source>
        <translation>%1 received it at %2, %3, and found it %4. Kept in %5. Number %6 of the evidence log, which had %7 entries then.</translation>
    </message>
    <message>
        <source>完整</source>
        <translation>whole</translation>
    </message>
    <message>
        <source>练习</source>
        <translation>practice</translation>
    </message>
    <message>
        <source>不完整</source>
        <translation>incomplete</translation>
    </message>
    <message>
        <source>回执由中心系统签名，已核对签名、证书、存证日志中的证明和所送的字节。文件：%1
上传包 SHA-256：%2</source>
        <translation>The receipt is signed by the central system; signature, certificate, proof in the evidence log and the bytes that were sent were checked. File: %1
SHA-256 of the upload: %2</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::TagChoiceWindow</name>
    <message>
        <source>加标签</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>加标签消息</source>
        <translation>Tagging messages</translation>
    </message>
    <message>
        <source>给哪些主体</source>
        <translation>Which subjects</translation>
    </message>
    <message>
        <source>选中的 %1 个</source>
        <translation>The %1 chosen</translation>
    </message>
    <message>
        <source>给选中的主体</source>
        <translation>The ticked subjects</translation>
    </message>
    <message>
        <source>现在找到的全部：%1</source>
        <translation>All that are found now: %1</translation>
    </message>
    <message>
        <source>给找到的全部主体</source>
        <translation>All subjects found</translation>
    </message>
    <message>
        <source>打勾的加上，去掉勾的取下</source>
        <translation>Ticked tags are put on, unticked ones taken off</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>取消加标签</source>
        <translation>Cancel tagging</translation>
    </message>
    <message>
        <source>应用</source>
        <translation>Apply</translation>
    </message>
    <message>
        <source>应用标签</source>
        <translation>Apply tags</translation>
    </message>
    <message>
        <source>标签 %1 %2</source>
        <translation>Tag %1 %2</translation>
    </message>
    <message>
        <source>标签库是空的，请先在“标签库”登记标签。</source>
        <translation>The tag library is empty; enter tags there first.</translation>
    </message>
    <message>
        <source>正在加标签…</source>
        <translation>Tagging…</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::TagLibraryWindow</name>
    <message>
        <source>标签库</source>
        <translation>Tag library</translation>
    </message>
    <message>
        <source>标签库消息</source>
        <translation>Tag library messages</translation>
    </message>
    <message>
        <source>标签</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>标签列表</source>
        <translation>List of tags</translation>
    </message>
    <message>
        <source>登记或修改</source>
        <translation>Enter or change</translation>
    </message>
    <message>
        <source>标签 分组</source>
        <translation>Tag group</translation>
    </message>
    <message>
        <source>例如 经营形态、品类、监管</source>
        <translation>For example kind of business, category, supervision</translation>
    </message>
    <message>
        <source>标签 名称</source>
        <translation>Tag name</translation>
    </message>
    <message>
        <source>分组</source>
        <translation>Group</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Title</translation>
    </message>
    <message>
        <source>新标签</source>
        <translation>New tag</translation>
    </message>
    <message>
        <source>改选中的</source>
        <translation>Change the chosen one</translation>
    </message>
    <message>
        <source>修改标签</source>
        <translation>Change tag</translation>
    </message>
    <message>
        <source>删除选中的</source>
        <translation>Delete the chosen one</translation>
    </message>
    <message>
        <source>删除标签</source>
        <translation>Delete tag</translation>
    </message>
    <message>
        <source>已删除标签 %1，可以撤销。</source>
        <translation>Tag %1 was deleted; this can be undone.</translation>
    </message>
    <message>
        <source>已保存标签 %1。</source>
        <translation>Tag %1 was saved.</translation>
    </message>
    <message>
        <source>%1 · %2 个主体</source>
        <translation>%1 · %2 subjects</translation>
    </message>
    <message>
        <source>标签库是空的。</source>
        <translation>The tag library is empty.</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::TaskPaperWindow</name>
    <message>
        <source>存为 PDF…</source>
        <translation>Save as PDF…</translation>
    </message>
    <message>
        <source>表单存为 PDF</source>
        <translation>Save form as PDF</translation>
    </message>
    <message>
        <source>导出表格…</source>
        <translation>Export table…</translation>
    </message>
    <message>
        <source>表单导出表格</source>
        <translation>Export form as table</translation>
    </message>
    <message>
        <source>报送…</source>
        <translation>Send…</translation>
    </message>
    <message>
        <source>报送这份材料</source>
        <translation>Send this back</translation>
    </message>
    <message>
        <source>存为 PDF</source>
        <translation>Save as PDF</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>导出表格</source>
        <translation>Export table</translation>
    </message>
    <message>
        <source>表格 (*.xlsx *.csv)</source>
        <translation>Tables (*.xlsx *.csv)</translation>
    </message>
    <message>
        <source>已存到 %1</source>
        <translation>Saved to %1</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::TaskSettingsView</name>
    <message>
        <source>文件大于 1 MiB</source>
        <translation>the file is larger than 1 MiB</translation>
    </message>
    <message>
        <source>不是 UTF-8 文本</source>
        <translation>not UTF-8 text</translation>
    </message>
    <message>
        <source>不是三项</source>
        <translation>not three fields</translation>
    </message>
    <message>
        <source>没有这一天，或写法不是 2027-01-01</source>
        <translation>no such day, or not written 2027-01-01</translation>
    </message>
    <message>
        <source>起止颠倒，或超过 31 天</source>
        <translation>ends before it begins, or is longer than 31 days</translation>
    </message>
    <message>
        <source>既不是休也不是班</source>
        <translation>neither 休 nor 班</translation>
    </message>
    <message>
        <source>年份不对，或前面已有</source>
        <translation>wrong year, or told before</translation>
    </message>
    <message>
        <source>没有写通知的标题</source>
        <translation>the notice&apos;s title is missing</translation>
    </message>
    <message>
        <source>前面没有年份行</source>
        <translation>no line with a year before it</translation>
    </message>
    <message>
        <source>不在这一年</source>
        <translation>not in that year</translation>
    </message>
    <message>
        <source>同一天写了两次</source>
        <translation>the same day twice</translation>
    </message>
    <message>
        <source>周一至周五写成班</source>
        <translation>班 on a Monday to Friday</translation>
    </message>
    <message>
        <source>这一年没有任何一天</source>
        <translation>no day at all in that year</translation>
    </message>
    <message>
        <source>没有通知</source>
        <translation>no notice</translation>
    </message>
    <message>
        <source>监测任务设置消息</source>
        <translation>Task settings messages</translation>
    </message>
    <message>
        <source>任务单编号</source>
        <translation>Numbers of task sheets</translation>
    </message>
    <message>
        <source>必有一个 {年} 和一个 {序号N}（N 为 1 至 8 位），可加 {月}、{日}。每年从 1 起；已给出的编号不变。</source>
        <translation>Needs one {年} (year) and one {序号N} (serial of N digits, 1 to 8); {月} (month) and {日} (day) may be added. Counts from 1 each year; numbers already given stay.</translation>
    </message>
    <message>
        <source>编号规则</source>
        <translation>Numbering rule</translation>
    </message>
    <message>
        <source>编号样例</source>
        <translation>Sample number</translation>
    </message>
    <message>
        <source>保存编号规则</source>
        <translation>Save numbering rule</translation>
    </message>
    <message>
        <source>工作日历</source>
        <translation>Working-day calendar</translation>
    </message>
    <message>
        <source>导入放假通知…</source>
        <translation>Import holiday notice…</translation>
    </message>
    <message>
        <source>导入放假通知</source>
        <translation>Import holiday notice</translation>
    </message>
    <message>
        <source>期限按国务院办公厅每年的放假通知计算。没有通知的年份暂定：只有法规写明的放假日，通知导入后期限可能变动。</source>
        <translation>Deadlines follow the State Council&apos;s yearly notices. A year without one is provisional: it has only the holidays that the regulation names, and deadlines may move when its notice comes in.</translation>
    </message>
    <message>
        <source>工作日历年份</source>
        <translation>Years of the calendar</translation>
    </message>
    <message>
        <source>职责</source>
        <translation>Duties</translation>
    </message>
    <message>
        <source>职责说明</source>
        <translation>About duties</translation>
    </message>
    <message>
        <source>设置没有读出来（%1）。任务和结果没有变。</source>
        <translation>The settings could not be read (%1). Tasks and results are unchanged.</translation>
    </message>
    <message>
        <source>通知还没有导入</source>
        <translation>Notice not imported yet</translation>
    </message>
    <message>
        <source>暂定</source>
        <translation>Provisional</translation>
    </message>
    <message>
        <source>已有通知</source>
        <translation>Notice is in</translation>
    </message>
    <message>
        <source>工作日放假 %1 天</source>
        <translation>%1 weekdays off</translation>
    </message>
    <message>
        <source>调休上班 %1 天</source>
        <translation>%1 weekend days worked</translation>
    </message>
    <message>
        <source>由本单位的策略文件 [duties] 规定，在这里只能看。没有相应职责的人办理时会被拒绝。</source>
        <translation>Fixed by [duties] in the bureau&apos;s policy; shown here only. Whoever lacks the duty is refused.</translation>
    </message>
    <message>
        <source>策略文件没有写 [duties]：每名执法人员都可办理全部环节。</source>
        <translation>The policy has no [duties]: every officer may do everything.</translation>
    </message>
    <message>
        <source>没有此人的证书</source>
        <translation>No certificate of this person</translation>
    </message>
    <message>
        <source>没有职责</source>
        <translation>No duty</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>职责 %1</source>
        <translation>Duties %1</translation>
    </message>
    <message>
        <source>编号的样子：%1（序号接着已有的数）</source>
        <translation>A number looks like this: %1 (counting goes on from those given)</translation>
    </message>
    <message>
        <source>还不是一个编号规则。</source>
        <translation>Not a numbering rule yet.</translation>
    </message>
    <message>
        <source>由负责人设置</source>
        <translation>Set by a leader</translation>
    </message>
    <message>
        <source>编号规则没有保存（%1）。原来的规则照用，已有编号不变。</source>
        <translation>The numbering rule was not saved (%1). The old rule stays in use, numbers already given stay.</translation>
    </message>
    <message>
        <source>编号规则已保存，从下一份提交的任务单起用。</source>
        <translation>Numbering rule saved; used from the next sheet that is submitted.</translation>
    </message>
    <message>
        <source>通知 (*.csv *.txt)</source>
        <translation>Notices (*.csv *.txt)</translation>
    </message>
    <message>
        <source>通知没有导入（%1）。日历和期限没有变。</source>
        <translation>The notice was not imported (%1). Calendar and deadlines are unchanged.</translation>
    </message>
    <message>
        <source>第 %1 行：%2 — %3</source>
        <translation>Line %1: %2 — %3</translation>
    </message>
    <message>
        <source>另有 %1 处</source>
        <translation>%1 more</translation>
    </message>
    <message>
        <source>通知有错，什么也没有导入；请改正后再导入。</source>
        <translation>The notice has mistakes and nothing was imported; correct it and import again.</translation>
    </message>
    <message>
        <source>已导入 %1 年的通知，在办结果的期限没有变动。</source>
        <translation>The notice of %1 is in; no open result&apos;s deadline moves.</translation>
    </message>
    <message>
        <source>重算期限…</source>
        <translation>Count due days anew…</translation>
    </message>
    <message>
        <source>重算期限</source>
        <translation>Count due days anew</translation>
    </message>
    <message>
        <source>已导入 %1 年的通知。%2 条在办结果的期限会变动，由负责人或分派人重算。</source>
        <translation>The notice of %1 was imported. The due days of %2 open results move; a leader or dispatcher counts them anew.</translation>
    </message>
    <message>
        <source>签名并重算 %1 条期限</source>
        <translation>Sign and count %1 due days anew</translation>
    </message>
    <message>
        <source>期限没有重算（%1）。原来的期限照旧。</source>
        <translation>The due days were not counted anew (%1). They stay as they were.</translation>
    </message>
    <message>
        <source>已签名：重算了 %1 条期限。</source>
        <translation>Signed: %1 due days were counted anew.</translation>
    </message>
    <message>
        <source>重算了 %1 条；另外 %2 条要由其分派单位的负责人或分派人重算。</source>
        <translation>%1 were counted anew; %2 more are for a leader or dispatcher of the unit that dispatched them.</translation>
    </message>
    <message>
        <source>提出</source>
        <translation>Issues</translation>
    </message>
    <message>
        <source>网监</source>
        <translation>Monitors</translation>
    </message>
    <message>
        <source>研判</source>
        <translation>Judges</translation>
    </message>
    <message>
        <source>分派</source>
        <translation>Dispatches</translation>
    </message>
    <message>
        <source>办理</source>
        <translation>Handles</translation>
    </message>
    <message>
        <source>负责人</source>
        <translation>Leads</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::TasksPage</name>
    <message>
        <source>已改正：新结果接过了证据，原结果并入其中，流转里都有记录。</source>
        <translation>Corrected: the new result took the evidence over, the old one was merged into it; the routes tell both.</translation>
    </message>
    <message>
        <source>网络交易监测任务单</source>
        <translation>Monitoring task sheet</translation>
    </message>
    <message>
        <source>正在生成《网络交易监测任务单》…</source>
        <translation>Making the task sheet…</translation>
    </message>
    <message>
        <source>另存文书</source>
        <translation>Save the document</translation>
    </message>
    <message>
        <source>已存到 %1。</source>
        <translation>Saved to %1.</translation>
    </message>
    <message>
        <source>导入监测结果</source>
        <translation>Import results</translation>
    </message>
    <message>
        <source>表格 (*.csv *.xlsx *.txt)</source>
        <translation>Tables (*.csv *.xlsx *.txt)</translation>
    </message>
    <message>
        <source>已导入 %1 条结果。</source>
        <translation>%1 results imported.</translation>
    </message>
    <message>
        <source>已分派 %1 条。</source>
        <translation>%1 dispatched.</translation>
    </message>
    <message>
        <source>已分派 %1 条，%2 条没有分派：不在分派阶段，或不属于本单位。</source>
        <translation>%1 dispatched, %2 not: not at that stage, or another unit&apos;s.</translation>
    </message>
    <message>
        <source>结果 %1 %2</source>
        <translation>Result %1 %2</translation>
    </message>
    <message>
        <source>已签名：%1。</source>
        <translation>Signed: %1.</translation>
    </message>
    <message>
        <source>监测任务消息</source>
        <translation>Task messages</translation>
    </message>
    <message>
        <source>证据 %1 已封存，记到了监测结果上。</source>
        <translation>Package %1 is sealed and written down at its result.</translation>
    </message>
    <message>
        <source>线索 %1</source>
        <translation>Clues %1</translation>
    </message>
    <message>
        <source>任务单 版本</source>
        <translation>Sheet version</translation>
    </message>
    <message>
        <source>任务单</source>
        <translation>Sheet</translation>
    </message>
    <message>
        <source>监测结果</source>
        <translation>Results</translation>
    </message>
    <message>
        <source>线索</source>
        <translation>Clues</translation>
    </message>
    <message>
        <source>分析</source>
        <translation>Analysis</translation>
    </message>
    <message>
        <source>任务页签 </source>
        <translation>Task tab </translation>
    </message>
    <message>
        <source>监测任务</source>
        <translation>Tasks</translation>
    </message>
    <message>
        <source>监测任务 · %1</source>
        <translation>Tasks · %1</translation>
    </message>
    <message>
        <source>监测结果 %1</source>
        <translation>Results %1</translation>
    </message>
    <message>
        <source>第 %1 版 修订中</source>
        <translation>Version %1, being revised</translation>
    </message>
    <message>
        <source>第 %1 版</source>
        <translation>Version %1</translation>
    </message>
    <message>
        <source>新建任务单（由线索填好）</source>
        <translation>New task sheet (filled in from the clue)</translation>
    </message>
    <message>
        <source>这个任务没有别的在办结果可以并入。</source>
        <translation>This task has no other open result to merge into.</translation>
    </message>
    <message>
        <source>任务列表或流转</source>
        <translation>Task list or route</translation>
    </message>
    <message>
        <source>‹ 任务</source>
        <translation>‹ Tasks</translation>
    </message>
    <message>
        <source>流转 ›</source>
        <translation>Route ›</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::TimelineCard</name>
    <message>
        <source>证据时间线</source>
        <translation>Evidence timeline</translation>
    </message>
    <message>
        <source>画面全黑！%1</source>
        <translation>All black! %1</translation>
    </message>
    <message>
        <source>应用可能禁止截屏，请改用别的办法固定这一页</source>
        <translation>The app may forbid screenshots; fix this page by other means</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::TopBar</name>
    <message>
        <source>页面标题</source>
        <translation>Page title</translation>
    </message>
    <message>
        <source>练习 — 不得作为证据</source>
        <translation>Practice — no evidence</translation>
    </message>
    <message>
        <source>练习标记</source>
        <translation>Practice mark</translation>
    </message>
    <message>
        <source>录制灯</source>
        <translation>Recording light</translation>
    </message>
    <message>
        <source>时间戳状态</source>
        <translation>Time stamp state</translation>
    </message>
    <message>
        <source>当前人员</source>
        <translation>Officers at work</translation>
    </message>
    <message>
        <source>时间戳 %1 · 手机偏差 %2 ms</source>
        <translation>Time stamp %1 · phone offset %2 ms</translation>
    </message>
    <message>
        <source>还没有时间戳</source>
        <translation>No time stamp yet</translation>
    </message>
    <message>
        <source>锁定</source>
        <translation>Lock</translation>
    </message>
    <message>
        <source>锁定工作站</source>
        <translation>Lock the station</translation>
    </message>
    <message>
        <source>Ctrl+L：盖住页面，把密钥从内存清除；正在进行的取证继续录制</source>
        <translation>Ctrl+L: covers the pages and wipes the keys; a running capture goes on recording</translation>
    </message>
    <message>
        <source>退出登录</source>
        <translation>Log out</translation>
    </message>
    <message>
        <source>清除密钥；取证进行中不能退出，只能锁定</source>
        <translation>Wipes the keys; during a capture you can only lock</translation>
    </message>
</context>
<context>
    <name>guzheng::ui::VerdictStrip</name>
    <message>
        <source>校验结论</source>
        <translation>Verdict</translation>
    </message>
    <message>
        <source>校验进度</source>
        <translation>Verification progress</translation>
    </message>
    <message>
        <source>再次校验  F5</source>
        <translation>Verify again  F5</translation>
    </message>
    <message>
        <source>取消校验</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>再次校验</source>
        <translation>Verify again</translation>
    </message>
    <message>
        <source>校验依据 %1</source>
        <translation>Proof %1</translation>
    </message>
    <message>
        <source>未校验</source>
        <translation>Not verified</translation>
    </message>
    <message>
        <source>本次打开后还没有校验</source>
        <translation>Not verified since the window was opened</translation>
    </message>
    <message>
        <source>校验中</source>
        <translation>Verifying</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 校验 · 用时 %2 秒</source>
        <translation>verified %1 · took %2 s</translation>
    </message>
    <message>
        <source>损坏</source>
        <translation>Damaged</translation>
    </message>
    <message>
        <source>%1 %2：%3</source>
        <translation>%1 %2: %3</translation>
    </message>
    <message>
        <source>共 %1 处与封存时不符，不能再作为原物使用</source>
        <translation>%1 differences from what was sealed; no longer the original</translation>
    </message>
    <message>
        <source>与封存时不符，不能再作为原物使用</source>
        <translation>Differs from what was sealed; no longer the original</translation>
    </message>
    <message>
        <source>缺单位根证书</source>
        <translation>The organisation&apos;s root is missing</translation>
    </message>
    <message>
        <source>缺时间戳机构根证书</source>
        <translation>The time-stamp authority&apos;s root is missing</translation>
    </message>
    <message>
        <source>时间戳机构的证书已过期，缺到期前的续期</source>
        <translation>The authority&apos;s certificate has expired and no renewal was made in time</translation>
    </message>
    <message>
        <source>缺较新的吊销列表</source>
        <translation>A newer revocation list is missing</translation>
    </message>
    <message>
        <source>后来的签名缺时间</source>
        <translation>The time of a later signature is missing</translation>
    </message>
    <message>
        <source>内容已加密，本机没有能打开它的私钥</source>
        <translation>The content is encrypted, and no key that opens it is here</translation>
    </message>
    <message>
        <source>缺 %1</source>
        <translation>Lacks %1</translation>
    </message>
    <message>
        <source>无法判定</source>
        <translation>Cannot tell</translation>
    </message>
    <message>
        <source>不完整</source>
        <translation>Incomplete</translation>
    </message>
    <message>
        <source>练习</source>
        <translation>Practice</translation>
    </message>
    <message>
        <source>完整</source>
        <translation>Complete</translation>
    </message>
    <message>
        <source>%1 个文件指纹一致</source>
        <translation>%1 files match</translation>
    </message>
    <message>
        <source>日志 %1 条成链</source>
        <translation>%1 journal lines chained</translation>
    </message>
    <message>
        <source>时间戳 %1 枚有效</source>
        <translation>%1 time stamps valid</translation>
    </message>
    <message>
        <source>签名 %1 个有效</source>
        <translation>%1 signatures valid</translation>
    </message>
    <message>
        <source>不完整：%1</source>
        <translation>Incomplete: %1</translation>
    </message>
    <message>
        <source>加密块的清单由续发的证书签名，缺时间戳</source>
        <translation>The list of encrypted parts is signed with a renewed certificate and lacks its time stamp</translation>
    </message>
</context>
<context>
    <name>login</name>
    <message>
        <source>%1：策略的人员文件夹中没有这个执法证号。请把证书交给管理员放入人员文件夹。</source>
        <translation>%1: the policy&apos;s people folder has no such badge. Have the certificate put there.</translation>
    </message>
    <message>
        <source>%1：密钥不在本机，不能在这里登录。证据不受影响。</source>
        <translation>%1: the key is not on this machine, so no login here. Evidence is not affected.</translation>
    </message>
    <message>
        <source>%1：证书尚未生效，不能登录。请检查本机日期，或等到生效之日。</source>
        <translation>%1: the certificate is not yet valid. Check this computer&apos;s date, or wait.</translation>
    </message>
    <message>
        <source>%1：证书已于 %2 过期，不能登录。已封存的证据不受影响；请管理员续签证书。</source>
        <translation>%1: the certificate expired on %2. Sealed evidence is not affected; have the certificate renewed.</translation>
    </message>
    <message>
        <source>%1：证书已被吊销，不能登录。请联系管理员。</source>
        <translation>%1: the certificate is revoked. Ask whoever answers for certificates.</translation>
    </message>
    <message>
        <source>%1：证书不是本单位根证书签发的，不能登录。请联系管理员。</source>
        <translation>%1: the bureau&apos;s root does not vouch for the certificate. Ask whoever answers for certificates.</translation>
    </message>
    <message>
        <source>%1：吊销列表已过期或不属于本单位根证书，现在谁也不能登录。请管理员取得新的吊销列表。</source>
        <translation>%1: the revocation list is out of date or not the root&apos;s; nobody can log in. Have a new list put in place.</translation>
    </message>
    <message>
        <source>%1：口令输错过，还须等待。</source>
        <translation>%1: after a wrong passphrase there is a wait.</translation>
    </message>
    <message>
        <source>%1：口令错误。没有打开任何证据；这次尝试已记入操作日志。</source>
        <translation>%1: wrong passphrase. Nothing was opened; the attempt is in the operation log.</translation>
    </message>
    <message>
        <source>%1：没有成功，密钥没有打开。请把下面的说明交给管理员：%2</source>
        <translation>%1: it did not work and no key was unlocked. Give this to your administrator: %2</translation>
    </message>
    <message>
        <source>%1 的证书还有 %2 天到期，请及时续签；到期后不能登录和签名。</source>
        <translation>The certificate of %1 expires in %2 days: have it renewed; then there is no login and no signing.</translation>
    </message>
    <message>
        <source>%1 可以签名，但没有能打开的加密密钥，看不到已加密的证据。</source>
        <translation>%1 can sign, but no encryption key could be unlocked: encrypted evidence cannot be seen.</translation>
    </message>
    <message>
        <source>有效</source>
        <translation>good</translation>
    </message>
    <message>
        <source>尚未生效</source>
        <translation>not yet valid</translation>
    </message>
    <message>
        <source>已过期</source>
        <translation>expired</translation>
    </message>
    <message>
        <source>已吊销</source>
        <translation>revoked</translation>
    </message>
    <message>
        <source>不受信任</source>
        <translation>not trusted</translation>
    </message>
    <message>
        <source>吊销列表过期</source>
        <translation>revocation list out of date</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>起始时间戳</source>
        <translation>Opening time stamp</translation>
    </message>
    <message>
        <source>没有起始时间戳</source>
        <translation>No opening time stamp</translation>
    </message>
    <message>
        <source>会话开始</source>
        <translation>Session opened</translation>
    </message>
    <message>
        <source>取证指令已签名</source>
        <translation>Order signed</translation>
    </message>
    <message>
        <source>取证人员</source>
        <translation>Officers</translation>
    </message>
    <message>
        <source>环境检测</source>
        <translation>Environment check</translation>
    </message>
    <message>
        <source>手机标识</source>
        <translation>Phone identified</translation>
    </message>
    <message>
        <source>应用验真</source>
        <translation>App attested</translation>
    </message>
    <message>
        <source>挑战码已显示</source>
        <translation>Challenge shown</translation>
    </message>
    <message>
        <source>时钟比对</source>
        <translation>Clock sample</translation>
    </message>
    <message>
        <source>操作</source>
        <translation>Act</translation>
    </message>
    <message>
        <source>前台应用</source>
        <translation>App in front</translation>
    </message>
    <message>
        <source>网络变化</source>
        <translation>Network change</translation>
    </message>
    <message>
        <source>录屏分段开始</source>
        <translation>Segment opened</translation>
    </message>
    <message>
        <source>录屏分段已固化</source>
        <translation>Segment fixed</translation>
    </message>
    <message>
        <source>时间戳修正</source>
        <translation>Time stamp bumped</translation>
    </message>
    <message>
        <source>取证</source>
        <translation>Capture</translation>
    </message>
    <message>
        <source>时间戳</source>
        <translation>Time stamp</translation>
    </message>
    <message>
        <source>中断开始</source>
        <translation>Gap begins</translation>
    </message>
    <message>
        <source>中断结束</source>
        <translation>Gap ends</translation>
    </message>
    <message>
        <source>暂停操作</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>继续操作</source>
        <translation>Resume</translation>
    </message>
    <message>
        <source>备注或说明</source>
        <translation>Note or description</translation>
    </message>
    <message>
        <source>异常中断后恢复</source>
        <translation>Recovered after a crash</translation>
    </message>
    <message>
        <source>结束并封存</source>
        <translation>End and seal</translation>
    </message>
    <message>
        <source>取证 %1 · %2</source>
        <translation>Capture %1 · %2</translation>
    </message>
    <message>
        <source>平台首页</source>
        <translation>Platform front</translation>
    </message>
    <message>
        <source>店铺首页</source>
        <translation>Shop front</translation>
    </message>
    <message>
        <source>证照公示</source>
        <translation>Licence</translation>
    </message>
    <message>
        <source>涉嫌违法页面</source>
        <translation>Violation</translation>
    </message>
    <message>
        <source>其他</source>
        <translation>Other</translation>
    </message>
    <message>
        <source>证明涉案网店所在平台的名称和首页情况</source>
        <translation>Proves the platform&apos;s name and front page</translation>
    </message>
    <message>
        <source>证明涉案网店的名称、标识和经营页面情况</source>
        <translation>Proves the shop&apos;s name, sign and front page</translation>
    </message>
    <message>
        <source>证明当事人在网店公示的营业执照等主体信息</source>
        <translation>Proves the licence that the party publishes</translation>
    </message>
    <message>
        <source>证明当事人发布涉嫌违法内容的页面、文字和时间</source>
        <translation>Proves page, words and time of the suspected violation</translation>
    </message>
    <message>
        <source>证明与本案有关的页面情况</source>
        <translation>Proves a page that bears on the case</translation>
    </message>
    <message>
        <source>练习手机（将如实标注）</source>
        <translation>training phone (will be stated)</translation>
    </message>
    <message>
        <source>模拟器（将如实标注）</source>
        <translation>emulator (will be stated)</translation>
    </message>
    <message>
        <source>已获取最高权限（将如实标注）</source>
        <translation>rooted (will be stated)</translation>
    </message>
    <message>
        <source>正在连接手机</source>
        <translation>Connecting</translation>
    </message>
    <message>
        <source>正在检查取证环境</source>
        <translation>Checking environment</translation>
    </message>
    <message>
        <source>录制中</source>
        <translation>Recording</translation>
    </message>
    <message>
        <source>已暂停操作，录制继续</source>
        <translation>Paused, recording goes on</translation>
    </message>
    <message>
        <source>正在封存</source>
        <translation>Sealing</translation>
    </message>
    <message>
        <source>已封存</source>
        <translation>Sealed</translation>
    </message>
    <message>
        <source>已中止</source>
        <translation>Stopped</translation>
    </message>
    <message>
        <source>%1 第 %2</source>
        <translation>%1 at %2</translation>
    </message>
    <message>
        <source>指纹 %1</source>
        <translation>Fingerprint %1</translation>
    </message>
    <message>
        <source>取证指令已下达</source>
        <translation>Order issued</translation>
    </message>
    <message>
        <source>环境检测完成</source>
        <translation>Environment checked</translation>
    </message>
    <message>
        <source>%1 共 %2 项</source>
        <translation>%1 %2 items</translation>
    </message>
    <message>
        <source>原始结果已入包</source>
        <translation>Raw results are in the package</translation>
    </message>
    <message>
        <source>挑战码 %1 已显示</source>
        <translation>Challenge %1 shown</translation>
    </message>
    <message>
        <source>出自起始时间戳</source>
        <translation>From the opening time stamp</translation>
    </message>
    <message>
        <source>取证 %1 没有成功</source>
        <translation>Capture %1 failed</translation>
    </message>
    <message>
        <source>%1 %2 秒 · %3</source>
        <translation>%1 %2 s · %3</translation>
    </message>
    <message>
        <source>中断 %1 秒</source>
        <translation>Gap of %1 s</translation>
    </message>
    <message>
        <source>%1 丢 %2 帧，已恢复</source>
        <translation>%1 %2 frames lost, back again</translation>
    </message>
    <message>
        <source>已记录，将列入报告</source>
        <translation>Noted, will be in the report</translation>
    </message>
    <message>
        <source>备注</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>时间戳迟到</source>
        <translation>Time stamp late</translation>
    </message>
    <message>
        <source>出现问题</source>
        <translation>Trouble</translation>
    </message>
    <message>
        <source>页面文字与布局</source>
        <translation>Page text and layout</translation>
    </message>
    <message>
        <source>%1 个文件已入包</source>
        <translation>%1 files put into the package</translation>
    </message>
    <message>
        <source>录像中断</source>
        <translation>Recording interrupted</translation>
    </message>
    <message>
        <source>开始前告知</source>
        <translation>Opening statement</translation>
    </message>
    <message>
        <source>%1&#x3000;%2 · %3</source>
        <translation>%1  %2 · %3</translation>
    </message>
    <message>
        <source>无异议</source>
        <translation>no objection</translation>
    </message>
    <message>
        <source>有异议或申请回避：%1</source>
        <translation>objects or asks for recusal: %1</translation>
    </message>
    <message>
        <source>在场，没有作答</source>
        <translation>there, gave no answer</translation>
    </message>
    <message>
        <source>当事人及其代表不在场</source>
        <translation>nobody was there</translation>
    </message>
    <message>
        <source>%1&#x3000;回答</source>
        <translation>%1  answer</translation>
    </message>
    <message>
        <source>不符</source>
        <translation>Failed</translation>
    </message>
    <message>
        <source>提示</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>通过</source>
        <translation>Passed</translation>
    </message>
    <message>
        <source>无法判定</source>
        <translation>Cannot be told</translation>
    </message>
    <message>
        <source>应用验真不符</source>
        <translation>App signature: not its maker&apos;s</translation>
    </message>
    <message>
        <source>应用验真一致</source>
        <translation>App signature: its maker&apos;s</translation>
    </message>
    <message>
        <source>声音中断，录像继续</source>
        <translation>Sound interrupted, the film goes on</translation>
    </message>
    <message>
        <source>手机没有送来声音</source>
        <translation>The phone sends no sound</translation>
    </message>
    <message>
        <source>声音中断 %1 秒，录像没有中断</source>
        <translation>Sound interrupted for %1 s; the film was not</translation>
    </message>
</context>
</TS>
