<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>window</name>
    <message>
        <source>&amp;Start page</source>
        <translation>시작 화면(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Open recording …</source>
        <translation>녹화 열기(&amp;O) …</translation>
    </message>
    <message>
        <source>New &amp;window</source>
        <translation>새 창(&amp;W)</translation>
    </message>
    <message>
        <source>Open &amp;camera …</source>
        <translation>카메라 열기(&amp;C) …</translation>
    </message>
    <message>
        <source>Camera settin&amp;gs …</source>
        <translation>카메라 설정(&amp;G) …</translation>
    </message>
    <message>
        <source>Connect to &amp;network …</source>
        <translation>네트워크에 연결(&amp;N) …</translation>
    </message>
    <message>
        <source>&amp;Record this source …</source>
        <translation>지금 재생 중인 것 녹화(&amp;R) …</translation>
    </message>
    <message>
        <source>About this record&amp;ing</source>
        <translation>이 녹화의 정보(&amp;I)</translation>
    </message>
    <message>
        <source>E&amp;xport decisions …</source>
        <translation>결정 내보내기(&amp;X) …</translation>
    </message>
    <message>
        <source>Se&amp;ttings …</source>
        <translation>설정(&amp;T) …</translation>
    </message>
    <message>
        <source>Save the &amp;picture …</source>
        <translation>화면 저장(&amp;P) …</translation>
    </message>
    <message>
        <source>&amp;Film what is shown …</source>
        <translation>보이는 것 촬영(&amp;F) …</translation>
    </message>
    <message>
        <source>Film the recording, or A to &amp;B …</source>
        <translation>녹화 또는 A~B 구간 촬영(&amp;B) …</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>끝내기(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Play or pause</source>
        <translation>재생 또는 일시 정지(&amp;P)</translation>
    </message>
    <message>
        <source>From the be&amp;ginning</source>
        <translation>처음부터(&amp;G)</translation>
    </message>
    <message>
        <source>Step bac&amp;k</source>
        <translation>한 걸음 뒤로(&amp;K)</translation>
    </message>
    <message>
        <source>Step &amp;forward</source>
        <translation>한 걸음 앞으로(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Next demonstration</source>
        <translation>다음 시연(&amp;N)</translation>
    </message>
    <message>
        <source>Next f&amp;ile</source>
        <translation>다음 파일(&amp;I)</translation>
    </message>
    <message>
        <source>Pre&amp;vious file</source>
        <translation>이전 파일(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Slower</source>
        <translation>더 느리게(&amp;S)</translation>
    </message>
    <message>
        <source>Fas&amp;ter</source>
        <translation>더 빠르게(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Loop</source>
        <translation>반복(&amp;L)</translation>
    </message>
    <message>
        <source>Mark &amp;A, repeat from here</source>
        <translation>A 표시, 여기부터 반복(&amp;A)</translation>
    </message>
    <message>
        <source>Mark &amp;B, repeat to here</source>
        <translation>B 표시, 여기까지 반복(&amp;B)</translation>
    </message>
    <message>
        <source>Remove the &amp;marks</source>
        <translation>표시 지우기(&amp;M)</translation>
    </message>
    <message>
        <source>Choose the s&amp;ystem</source>
        <translation>시스템 고르기(&amp;Y)</translation>
    </message>
    <message>
        <source>&amp;Compare with …</source>
        <translation>비교하기(&amp;C) …</translation>
    </message>
    <message>
        <source>Stop comparin&amp;g</source>
        <translation>비교 끝내기(&amp;G)</translation>
    </message>
    <message>
        <source>Spikes of the ot&amp;her system</source>
        <translation>다른 시스템의 스파이크(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Teach a gesture …</source>
        <translation>동작 가르치기(&amp;T) …</translation>
    </message>
    <message>
        <source>Calibrate to this &amp;place …</source>
        <translation>이 장소에 맞추기(&amp;J) …</translation>
    </message>
    <message>
        <source>Open &amp;model file …</source>
        <translation>모델 파일 열기(&amp;M) …</translation>
    </message>
    <message>
        <source>&amp;Rates over time</source>
        <translation>시간에 따른 발생률(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Decisions over time</source>
        <translation>시간에 따른 결정(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Whole recording</source>
        <translation>녹화 전체(&amp;W)</translation>
    </message>
    <message>
        <source>Neuron &amp;microscope</source>
        <translation>뉴런 현미경(&amp;M)</translation>
    </message>
    <message>
        <source>S&amp;pace and time</source>
        <translation>시공간(&amp;P)</translation>
    </message>
    <message>
        <source>Ne&amp;xt kind of picture</source>
        <translation>다음 화면 종류(&amp;X)</translation>
    </message>
    <message>
        <source>Source, time and &amp;rate in the picture</source>
        <translation>화면에 소스, 시간, 발생률(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Decision in saved pictures and films</source>
        <translation>저장하는 그림과 영상에 결정(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Zoom in</source>
        <translation>확대(&amp;Z)</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>축소(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Whole picture</source>
        <translation>화면 전체(&amp;W)</translation>
    </message>
    <message>
        <source>Fi&amp;lters</source>
        <translation>필터(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Draw what the network sees</source>
        <translation>신경망이 볼 영역 그리기(&amp;D)</translation>
    </message>
    <message>
        <source>Let the network see &amp;everything</source>
        <translation>신경망이 전체를 보게 하기(&amp;E)</translation>
    </message>
    <message>
        <source>Count synaptic &amp;operations</source>
        <translation>시냅스 연산 세기(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>전체 화면(&amp;F)</translation>
    </message>
    <message>
        <source>Start the &amp;kiosk</source>
        <translation>전시 화면 시작(&amp;K)</translation>
    </message>
    <message>
        <source>Dismiss the message, leave full screen</source>
        <translation>알림 닫기, 전체 화면 나가기</translation>
    </message>
    <message>
        <source>&amp;Guide</source>
        <translation>안내서(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>단축키(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;About Spikehand</source>
        <translation>Spikehand 정보(&amp;A)</translation>
    </message>
    <message>
        <source>loading …</source>
        <translation>불러오는 중 …</translation>
    </message>
    <message>
        <source>Click to choose another system.</source>
        <translation>클릭하면 다른 시스템을 고를 수 있어요.</translation>
    </message>
    <message>
        <source>System {0}</source>
        <translation>시스템 {0}</translation>
    </message>
    <message>
        <source>Gesture</source>
        <translation>동작</translation>
    </message>
    <message>
        <source>Votes</source>
        <translation>득표</translation>
    </message>
    <message>
        <source>Gesture by {0}</source>
        <translation>{0}의 동작</translation>
    </message>
    <message>
        <source>Votes, {0}</source>
        <translation>득표, {0}</translation>
    </message>
    <message>
        <source>{0} load</source>
        <translation>부하 {0}</translation>
    </message>
    <message>
        <source>Dismiss (Esc)</source>
        <translation>닫기 (Esc)</translation>
    </message>
    <message>
        <source>Dismiss this message</source>
        <translation>이 알림 닫기</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Failure: {0}</source>
        <translation>실패: {0}</translation>
    </message>
    <message>
        <source>Notice: {0}</source>
        <translation>알림: {0}</translation>
    </message>
    <message>
        <source>C&amp;amera in this file</source>
        <translation>이 파일의 카메라(&amp;A)</translation>
    </message>
    <message>
        <source>Clockwise: as the person sees it</source>
        <translation>시계 방향은 동작하는 사람이 보는 방향이에요</translation>
    </message>
    <message>
        <source>Every tick, the class that fires most gets a vote; these are the votes of the last {0} ms. The upright line is what decides: the class that leads alone with at least {1} votes and {2} of all that were given.</source>
        <translation>1밀리초마다 가장 많이 발화한 동작이 한 표를 얻어요. 여기 보이는 것은 지난 {0}밀리초의 득표예요. 세로선이 결정 기준이에요. 적어도 {1}표, 그리고 나온 표의 {2} 이상으로 홀로 앞선 동작이 결정돼요.</translation>
    </message>
    <message>
        <source>None decides yet</source>
        <translation>아직 결정되지 않아요</translation>
    </message>
    <message>
        <source>{0} of {1} decide</source>
        <translation>{1}표 중 {0}표면 결정</translation>
    </message>
    <message>
        <source>Events from another program or computer: DV&apos;s network output, or “{0} serve FILE --port”.</source>
        <translation>다른 프로그램이나 컴퓨터가 보내는 이벤트: DV의 네트워크 출력 또는 “{0} serve FILE --port”.</translation>
    </message>
    <message>
        <source>Ready to connect.</source>
        <translation>연결할 수 있어요.</translation>
    </message>
    <message>
        <source>Connect to network</source>
        <translation>네트워크에 연결</translation>
    </message>
    <message>
        <source>IP address and port</source>
        <translation>IP 주소와 포트</translation>
    </message>
    <message>
        <source>Open camera</source>
        <translation>카메라 열기</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>일련번호</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>다시 찾기</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>적용</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>연결</translation>
    </message>
    <message>
        <source>IP address : port</source>
        <translation>IP 주소 : 포트</translation>
    </message>
    <message>
        <source>Drop to play</source>
        <translation>놓으면 재생해요</translation>
    </message>
    <message>
        <source>the network sees this</source>
        <translation>신경망이 보는 곳</translation>
    </message>
    <message>
        <source>Event picture</source>
        <translation>이벤트 화면</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>이벤트</translation>
    </message>
    <message>
        <source>No events</source>
        <translation>이벤트가 없어요</translation>
    </message>
    <message>
        <source>No signal</source>
        <translation>신호 없음</translation>
    </message>
    <message>
        <source>Drag over the picture</source>
        <translation>화면 위를 끌어 주세요</translation>
    </message>
    <message>
        <source>OFF or ON</source>
        <translation>OFF 또는 ON</translation>
    </message>
    <message>
        <source>About this recording</source>
        <translation>이 녹화의 정보</translation>
    </message>
    <message>
        <source>Recognises hand and arm gestures from an event camera, live, with a spiking neural network.</source>
        <translation>이벤트 카메라로 손과 팔의 동작을 스파이킹 신경망이 실시간으로 알아봐요.</translation>
    </message>
    <message>
        <source>About Spikehand</source>
        <translation>Spikehand 정보</translation>
    </message>
    <message>
        <source>Versions and citations</source>
        <translation>버전과 인용</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>버전</translation>
    </message>
    <message>
        <source>Citations</source>
        <translation>인용</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Copy as BibTeX</source>
        <translation>BibTeX로 복사</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>what was dropped was not handed over: drop it again, or open it by the menu</source>
        <translation>놓은 파일을 넘겨받지 못했어요. 다시 끌어다 놓거나 메뉴에서 열어 주세요</translation>
    </message>
    <message>
        <source>there is no other recording in this folder</source>
        <translation>이 폴더에 다른 녹화가 없어요</translation>
    </message>
    <message>
        <source>right</source>
        <translation>맞음</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>틀림</translation>
    </message>
    <message>
        <source>no decision</source>
        <translation>결정 없음</translation>
    </message>
    <message>
        <source>Blue: right. Orange and hatched: wrong. Dotted: no decision.</source>
        <translation>파랑: 맞음. 주황 빗금: 틀림. 점선: 결정 없음.</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>결정</translation>
    </message>
    <message>
        <source>Past decisions; a click goes there in a recording</source>
        <translation>지난 결정. 녹화에서는 클릭하면 그때로 가요</translation>
    </message>
    <message>
        <source>CSV table (*.csv);;JSON lines (*.json *.jsonl)</source>
        <translation>CSV 표 (*.csv);;JSON 줄 (*.json *.jsonl)</translation>
    </message>
    <message>
        <source>Export decisions</source>
        <translation>결정 내보내기</translation>
    </message>
    <message>
        <source>cannot write {0}: {1}</source>
        <translation>{0}에 쓸 수 없어요: {1}</translation>
    </message>
    <message>
        <source>wrote {0} decisions to {1}</source>
        <translation>결정 {0}개를 {1}에 썼어요</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>비교</translation>
    </message>
    <message>
        <source>&amp;As the desktop</source>
        <translation>시스템 설정대로(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Look in:</source>
        <translation>찾는 위치(&amp;L):</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>파일 형식(&amp;T):</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>Drive</source>
        <translation>드라이브</translation>
    </message>
    <message>
        <source>%1 File</source>
        <translation>%1 파일</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>알 수 없음</translation>
    </message>
    <message>
        <source>{0}; the window speaks English</source>
        <translation>{0}; 창은 영어로 표시돼요</translation>
    </message>
    <message>
        <source>Space pauses, N shows the next demonstration, Alt+Home is where other sources are chosen, and F1 lists every key.</source>
        <translation>스페이스는 일시 정지, N은 다음 시연이에요. Alt+Home에서 다른 소스를 고르고, F1은 모든 단축키를 보여 줘요.</translation>
    </message>
    <message>
        <source>{0} (and {1} more)</source>
        <translation>{0} (그 밖에 {1}개)</translation>
    </message>
    <message>
        <source>max</source>
        <translation>최대</translation>
    </message>
    <message>
        <source>{0} bytes</source>
        <translation>{0}바이트</translation>
    </message>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>Compression</source>
        <translation>압축</translation>
    </message>
    <message>
        <source>the format has none</source>
        <translation>이 형식에는 없어요</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>not told</source>
        <translation>알 수 없음</translation>
    </message>
    <message>
        <source>Sensor</source>
        <translation>센서</translation>
    </message>
    <message>
        <source>{0} pixels</source>
        <translation>{0} 픽셀</translation>
    </message>
    <message>
        <source>Streams</source>
        <translation>스트림</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>길이</translation>
    </message>
    <message>
        <source>Sensor time</source>
        <translation>센서 시간</translation>
    </message>
    <message>
        <source>from {0} µs on</source>
        <translation>{0} µs부터</translation>
    </message>
    <message>
        <source>Damage</source>
        <translation>손상</translation>
    </message>
    <message>
        <source>one</source>
        <translation>하나</translation>
    </message>
    <message>
        <source>{0} (playing)</source>
        <translation>{0} (재생 중)</translation>
    </message>
    <message>
        <source>not counted yet</source>
        <translation>아직 세지 않았어요</translation>
    </message>
    <message>
        <source>{0} so far ({1} of the recording is counted)</source>
        <translation>지금까지 {0}개 (녹화의 {1}를 셌어요)</translation>
    </message>
    <message>
        <source>Mean rate</source>
        <translation>평균 발생률</translation>
    </message>
    <message>
        <source>Peak rate</source>
        <translation>최고 발생률</translation>
    </message>
    <message>
        <source>{0} over {1} ms</source>
        <translation>{0} ({1} ms 동안)</translation>
    </message>
    <message>
        <source>none found</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>none found so far</source>
        <translation>지금까지 없음</translation>
    </message>
    <message>
        <source>Something went wrong inside the program ({0}: {1}).</source>
        <translation>프로그램 안에서 문제가 생겼어요 ({0}: {1}).</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>읽을 수 없어요</translation>
    </message>
    <message>
        <source>an older format, to be converted</source>
        <translation>옛 형식, 변환이 필요해요</translation>
    </message>
    <message>
        <source>a NIR graph</source>
        <translation>NIR 그래프</translation>
    </message>
    <message>
        <source>{0}, taught</source>
        <translation>{0}(배운 것)</translation>
    </message>
    <message>
        <source>{0} parameters</source>
        <translation>매개변수 {0}개</translation>
    </message>
    <message>
        <source>Truth</source>
        <translation>정답</translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>결정</translation>
    </message>
    <message>
        <source>no gesture</source>
        <translation>동작 없음</translation>
    </message>
    <message>
        <source>Truth: {0}</source>
        <translation>정답: {0}</translation>
    </message>
    <message>
        <source>not seen yet</source>
        <translation>아직 보지 못했어요</translation>
    </message>
    <message>
        <source>no decision, missed</source>
        <translation>결정 없음, 놓침</translation>
    </message>
    <message>
        <source>{0} ({1} sure)</source>
        <translation>{0} (확신 {1})</translation>
    </message>
    <message>
        <source>{0}, right</source>
        <translation>{0}, 맞음</translation>
    </message>
    <message>
        <source>{0}, wrong</source>
        <translation>{0}, 틀림</translation>
    </message>
    <message>
        <source>expected a live source to record, but none plays</source>
        <translation>녹화하려면 실시간 소스가 필요한데, 재생 중인 것이 없어요</translation>
    </message>
    <message>
        <source>{0} of {1}: {2}</source>
        <translation>{0}/{1}: {2}</translation>
    </message>
    <message>
        <source>Recording {0}</source>
        <translation>녹화 중 {0}</translation>
    </message>
    <message>
        <source>{0} free</source>
        <translation>{0} 남음</translation>
    </message>
    <message>
        <source>{0} lost</source>
        <translation>{0}개 손실</translation>
    </message>
    <message>
        <source>{0} events ({1})</source>
        <translation>이벤트 {0}개 ({1})</translation>
    </message>
    <message>
        <source>{0}; the {1} before that are in {2}</source>
        <translation>{0}; 그 전의 {1}는 {2}에 있어요</translation>
    </message>
    <message>
        <source>recorded {0} into {1}</source>
        <translation>{0}를 {1}에 녹화했어요</translation>
    </message>
    <message>
        <source>{0}; {1} came too fast to be written, and it says so</source>
        <translation>{0}; {1}개는 너무 빨라서 쓰지 못했고, 파일에 그렇게 적혀 있어요</translation>
    </message>
    <message>
        <source>Demonstration {0} of {1}: {2}</source>
        <translation>시연 {0}/{1}: {2}</translation>
    </message>
    <message>
        <source>No decision</source>
        <translation>결정 없음</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>잠시만요</translation>
    </message>
    <message>
        <source>Warming up</source>
        <translation>준비 중</translation>
    </message>
    <message>
        <source>The network is made ready …</source>
        <translation>신경망을 준비하는 중 …</translation>
    </message>
    <message>
        <source>This machine is too slow</source>
        <translation>이 컴퓨터는 너무 느려요</translation>
    </message>
    <message>
        <source>No events are coming in</source>
        <translation>이벤트가 들어오지 않아요</translation>
    </message>
    <message>
        <source>The network needs to see {0} ms first</source>
        <translation>신경망이 먼저 {0}밀리초를 봐야 해요</translation>
    </message>
    <message>
        <source>In tests, {0} of decisions with such a lead were right.</source>
        <translation>시험에서 이만큼 앞선 결정은 {0} 맞았어요.</translation>
    </message>
    <message>
        <source>{0} votes are needed</source>
        <translation>{0}표가 필요해요</translation>
    </message>
    <message>
        <source>{0} of {1} votes</source>
        <translation>{1}표 중 {0}표</translation>
    </message>
    <message>
        <source>No gesture that the network knows</source>
        <translation>신경망이 아는 동작이 아니에요</translation>
    </message>
    <message>
        <source>{0} and {1} are level</source>
        <translation>{0}, {1} 동률이에요</translation>
    </message>
    <message>
        <source>{0} has {1} of {2} votes needed</source>
        <translation>{0}: 필요한 {2}표 중 {1}표</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>준비됨</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>시작하는 중</translation>
    </message>
    <message>
        <source>Playing</source>
        <translation>재생 중</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>끝남</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>멈춤</translation>
    </message>
    <message>
        <source>No network yet</source>
        <translation>아직 신경망이 없어요</translation>
    </message>
    <message>
        <source>Opening the source …</source>
        <translation>소스를 여는 중 …</translation>
    </message>
    <message>
        <source>Loading the network …</source>
        <translation>신경망을 불러오는 중 …</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>기본</translation>
    </message>
    <message>
        <source>Small</source>
        <translation>작은 모델</translation>
    </message>
    <message>
        <source>convolutional LIF</source>
        <translation>합성곱 LIF</translation>
    </message>
    <message>
        <source>NIR graph</source>
        <translation>NIR 그래프</translation>
    </message>
    <message>
        <source>Hand clapping</source>
        <translation>손뼉 치기</translation>
    </message>
    <message>
        <source>Right hand wave</source>
        <translation>오른손 흔들기</translation>
    </message>
    <message>
        <source>Left hand wave</source>
        <translation>왼손 흔들기</translation>
    </message>
    <message>
        <source>Right arm clockwise</source>
        <translation>오른팔 시계 방향</translation>
    </message>
    <message>
        <source>Right arm counter-clockwise</source>
        <translation>오른팔 시계 반대 방향</translation>
    </message>
    <message>
        <source>Left arm clockwise</source>
        <translation>왼팔 시계 방향</translation>
    </message>
    <message>
        <source>Left arm counter-clockwise</source>
        <translation>왼팔 시계 반대 방향</translation>
    </message>
    <message>
        <source>Arm roll</source>
        <translation>두 팔 굴리기</translation>
    </message>
    <message>
        <source>Air drums</source>
        <translation>에어 드럼</translation>
    </message>
    <message>
        <source>Air guitar</source>
        <translation>에어 기타</translation>
    </message>
    <message>
        <source>Other gestures</source>
        <translation>다른 동작</translation>
    </message>
    <message>
        <source>{0}, my way{1}</source>
        <translation>{0}, 내 방식{1}</translation>
    </message>
    <message>
        <source>Counter-clockwise as the person sees it</source>
        <translation>동작하는 사람이 볼 때 시계 반대 방향</translation>
    </message>
    <message>
        <source>Clockwise as the person sees it</source>
        <translation>동작하는 사람이 볼 때 시계 방향</translation>
    </message>
    <message>
        <source>resting</source>
        <translation>쉬는 중</translation>
    </message>
    <message>
        <source>{0}  ·  now: {1}</source>
        <translation>{0}  ·  지금: {1}</translation>
    </message>
    <message>
        <source>Performing: {0}</source>
        <translation>공연 중: {0}</translation>
    </message>
    <message>
        <source>The wheel zooms; right-click for the neuron microscope and for what the network sees; Shift and drag draws that</source>
        <translation>휠로 확대해요. 오른쪽 단추로 뉴런 현미경과 신경망이 보는 영역을 열고, Shift를 누른 채 끌면 그 영역을 그려요</translation>
    </message>
    <message>
        <source>Right-click a row for the neuron microscope</source>
        <translation>한 줄을 오른쪽 클릭하면 뉴런 현미경을 열 수 있어요</translation>
    </message>
    <message>
        <source>Look at these pi&amp;xels with the microscope</source>
        <translation>이 픽셀을 현미경으로 보기(&amp;X)</translation>
    </message>
    <message>
        <source>Look at this &amp;neuron with the microscope</source>
        <translation>이 뉴런을 현미경으로 보기(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>어둡게(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>밝게(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Fading events</source>
        <translation>사라지는 이벤트(&amp;F)</translation>
    </message>
    <message>
        <source>Events of a constant &amp;time</source>
        <translation>일정 시간의 이벤트(&amp;T)</translation>
    </message>
    <message>
        <source>A constant &amp;number of events</source>
        <translation>일정 개수의 이벤트(&amp;N)</translation>
    </message>
    <message>
        <source>Time &amp;surface (age of the last event)</source>
        <translation>시간 표면 (마지막 이벤트 뒤 시간)(&amp;S)</translation>
    </message>
    <message>
        <source>Short (30 ms)</source>
        <translation>짧게 (30 ms)</translation>
    </message>
    <message>
        <source>Medium (60 ms)</source>
        <translation>보통 (60 ms)</translation>
    </message>
    <message>
        <source>Long (150 ms)</source>
        <translation>길게 (150 ms)</translation>
    </message>
    <message>
        <source>Trails (400 ms)</source>
        <translation>자취 (400 ms)</translation>
    </message>
    <message>
        <source>Event p&amp;icture</source>
        <translation>이벤트 화면(&amp;I)</translation>
    </message>
    <message>
        <source>Event f&amp;ading</source>
        <translation>이벤트 잔상(&amp;A)</translation>
    </message>
    <message>
        <source>Constant t&amp;ime</source>
        <translation>일정 시간(&amp;I)</translation>
    </message>
    <message>
        <source>Constant n&amp;umber</source>
        <translation>일정 개수(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>도움말(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Clear the list</source>
        <translation>목록 지우기(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>파일(&amp;F)</translation>
    </message>
    <message>
        <source>Open r&amp;ecent</source>
        <translation>최근 파일 열기(&amp;E)</translation>
    </message>
    <message>
        <source>Open &amp;demonstration</source>
        <translation>시연 열기(&amp;D)</translation>
    </message>
    <message>
        <source>Perfor&amp;mer (synthetic person)</source>
        <translation>가상 인물(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;All gestures in turn</source>
        <translation>모든 동작 차례로(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Playback</source>
        <translation>재생(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Recognition</source>
        <translation>인식(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>보기(&amp;V)</translation>
    </message>
    <message>
        <source>Lan&amp;guage</source>
        <translation>언어(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>테마(&amp;T)</translation>
    </message>
    <message>
        <source>Event &amp;colours</source>
        <translation>이벤트 색(&amp;C)</translation>
    </message>
    <message>
        <source>Neuron microscope</source>
        <translation>뉴런 현미경</translation>
    </message>
    <message>
        <source>Look at</source>
        <translation>관찰 대상</translation>
    </message>
    <message>
        <source>Pixels of the picture</source>
        <translation>화면의 픽셀</translation>
    </message>
    <message>
        <source>Output: {0}</source>
        <translation>출력: {0}</translation>
    </message>
    <message>
        <source>Hidden layer: {0}</source>
        <translation>은닉층: {0}</translation>
    </message>
    <message>
        <source>side </source>
        <translation>한 변 </translation>
    </message>
    <message>
        <source>neuron </source>
        <translation>뉴런 </translation>
    </message>
    <message>
        <source>How much of the past is shown</source>
        <translation>표시할 시간 길이</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>맞춤</translation>
    </message>
    <message>
        <source>Choose the gain so that the neurons fire now and then</source>
        <translation>뉴런이 가끔 발화하도록 이득을 맞춰요</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>초기화</translation>
    </message>
    <message>
        <source>All values as in the beginning</source>
        <translation>모든 값을 처음으로 되돌려요</translation>
    </message>
    <message>
        <source>Click in the picture or on a row of spikes</source>
        <translation>화면이나 스파이크의 한 줄을 클릭해 보세요</translation>
    </message>
    <message>
        <source>Waiting for events …</source>
        <translation>이벤트를 기다리는 중 …</translation>
    </message>
    <message>
        <source>The network is not there yet, or it is being loaded …</source>
        <translation>신경망이 아직 없거나 불러오는 중이에요 …</translation>
    </message>
    <message>
        <source>{0} has no membrane to look at here: it does not compute with spikes, or does not tell</source>
        <translation>{0}에는 관찰할 막전위가 없어요. 스파이크로 계산하지 않거나 알려 주지 않아요</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>입력</translation>
    </message>
    <message>
        <source>Events in {0} × {0} pixels around ({1}, {2}), per millisecond. Each event is a small kick, the same for all neurons below.</source>
        <translation>({1}, {2}) 주변 {0} × {0} 픽셀의 1밀리초당 이벤트 수예요. 이벤트 하나가 아래 모든 뉴런을 똑같이 조금씩 자극해요.</translation>
    </message>
    <message>
        <source>Charge that synapses bring to this neuron, per millisecond; below zero they hold it back. The four neurons below get the same.</source>
        <translation>시냅스가 이 뉴런에 1밀리초마다 전하는 전하량이에요. 0보다 작으면 억제예요. 아래 네 뉴런도 같은 입력을 받아요.</translation>
    </message>
    <message>
        <source>gain </source>
        <translation>이득 </translation>
    </message>
    <message>
        <source>By how much one event, or one unit of charge, lifts a membrane that loses nothing</source>
        <translation>이벤트 하나(또는 전하 1단위)가 새지 않는 막전위를 얼마나 올리는지</translation>
    </message>
    <message>
        <source>In the network</source>
        <translation>신경망 속 뉴런</translation>
    </message>
    <message>
        <source>The neuron you chose, as it is while the network recognises.</source>
        <translation>고른 뉴런이 인식하는 동안 실제로 보이는 막전위예요.</translation>
    </message>
    <message>
        <source>{0} spikes/s</source>
        <translation>초당 {0}회 발화</translation>
    </message>
    <message>
        <source>membrane</source>
        <translation>막전위</translation>
    </message>
    <message>
        <source>threshold</source>
        <translation>문턱값</translation>
    </message>
    <message>
        <source>spike</source>
        <translation>스파이크</translation>
    </message>
    <message>
        <source>refractory time</source>
        <translation>불응기</translation>
    </message>
    <message>
        <source>Integrate and fire (IF)</source>
        <translation>적분-발화 (IF)</translation>
    </message>
    <message>
        <source>Leaky integrate and fire (LIF)</source>
        <translation>누설 적분-발화 (LIF)</translation>
    </message>
    <message>
        <source>Spike response (SRM)</source>
        <translation>스파이크 반응 (SRM)</translation>
    </message>
    <message>
        <source>Hodgkin-Huxley</source>
        <translation>호지킨-헉슬리</translation>
    </message>
    <message>
        <source>Adds up what comes in and forgets nothing. At the threshold it fires and begins again.</source>
        <translation>들어온 자극을 잊지 않고 모두 더해요. 문턱값에 이르면 발화하고 다시 시작해요.</translation>
    </message>
    <message>
        <source>Adds up, too, but leaks: only input that comes close together makes it fire. Then it rests. Our default network is made of such neurons.</source>
        <translation>더하지만 조금씩 새요. 짧은 시간에 모인 입력만 발화를 일으키고, 그 뒤 잠시 쉬어요. 기본 신경망이 이런 뉴런으로 되어 있어요.</translation>
    </message>
    <message>
        <source>Every input raises a smooth bump, every spike of its own digs a hole. The membrane is their sum. SLAYER learns with such neurons.</source>
        <translation>입력마다 완만한 봉우리가, 자신의 스파이크마다 골이 생기고, 막전위는 그 합이에요. SLAYER가 이 뉴런으로 학습해요.</translation>
    </message>
    <message>
        <source>A real nerve, the giant axon of a squid: ion channels open and close. It has no set threshold; spike and rest come about by themselves.</source>
        <translation>실제 신경, 오징어의 거대 축삭이에요. 이온 통로가 열리고 닫혀요. 정해진 문턱값은 없고 발화와 휴식이 저절로 생겨요.</translation>
    </message>
    <message>
        <source>threshold </source>
        <translation>문턱값 </translation>
    </message>
    <message>
        <source>How far above rest the membrane fires</source>
        <translation>막전위가 휴지 전위보다 이만큼 높으면 발화해요</translation>
    </message>
    <message>
        <source>leak </source>
        <translation>누설 </translation>
    </message>
    <message>
        <source>Time constant of the leak: after this time 37 % of a kick is left</source>
        <translation>누설 시상수: 이 시간이 지나면 자극의 37%가 남아요</translation>
    </message>
    <message>
        <source>rest </source>
        <translation>휴식 </translation>
    </message>
    <message>
        <source>Refractory time: so long after a spike nothing can make it fire</source>
        <translation>불응기: 발화 뒤 이 시간 동안은 발화할 수 없어요</translation>
    </message>
    <message>
        <source>rise </source>
        <translation>상승 </translation>
    </message>
    <message>
        <source>How long after an input its bump is highest</source>
        <translation>입력 뒤 봉우리가 가장 높아질 때까지의 시간</translation>
    </message>
    <message>
        <source>How long after a spike the hole is deepest</source>
        <translation>발화 뒤 골이 가장 깊어질 때까지의 시간</translation>
    </message>
    <message>
        <source>sodium </source>
        <translation>나트륨 </translation>
    </message>
    <message>
        <source>Conductance of all sodium channels: with few of them, as under a local anaesthetic, no spike comes about</source>
        <translation>모든 나트륨 통로의 전도도: 국소 마취처럼 통로가 적으면 발화하지 않아요</translation>
    </message>
    <message>
        <source>Vote</source>
        <translation>투표</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>신경망</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>이벤트 흐름</translation>
    </message>
    <message>
        <source>Playback</source>
        <translation>재생</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>화면 표시</translation>
    </message>
    <message>
        <source>Booth</source>
        <translation>전시 화면</translation>
    </message>
    <message>
        <source>Recent files</source>
        <translation>최근 파일</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>창 길이</translation>
    </message>
    <message>
        <source>Winners of so many milliseconds are counted</source>
        <translation>이만큼의 밀리초 동안 승자를 세요</translation>
    </message>
    <message>
        <source>Least share</source>
        <translation>최소 득표율</translation>
    </message>
    <message>
        <source>The leading class needs this part of all votes given</source>
        <translation>앞선 동작이 나온 표 가운데 이만큼을 얻어야 해요</translation>
    </message>
    <message>
        <source>Least votes</source>
        <translation>최소 득표수</translation>
    </message>
    <message>
        <source>The leading class needs so many votes; by itself: as many as the model was made for</source>
        <translation>앞선 동작이 이만큼의 표를 얻어야 해요. 자동: 모델이 정한 만큼</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>준비 시간</translation>
    </message>
    <message>
        <source>So long after a beginning nothing is decided</source>
        <translation>시작한 뒤 이 시간 동안은 결정하지 않아요</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>A model file; empty: the default. Also in the Recognition menu</source>
        <translation>모델 파일. 비우면 기본 모델이에요. 인식 메뉴에서도 고를 수 있어요</translation>
    </message>
    <message>
        <source>Compared with</source>
        <translation>비교 모델</translation>
    </message>
    <message>
        <source>A second model file beside it; empty: none</source>
        <translation>나란히 볼 두 번째 모델 파일. 비우면 없어요</translation>
    </message>
    <message>
        <source>Opened models</source>
        <translation>열었던 모델</translation>
    </message>
    <message>
        <source>Your own model files in the Recognition menu</source>
        <translation>인식 메뉴에 있는 직접 연 모델 파일</translation>
    </message>
    <message>
        <source>Slice</source>
        <translation>조각 길이</translation>
    </message>
    <message>
        <source>Events are handed on in pieces of this length</source>
        <translation>이벤트를 이 길이로 잘라 넘겨요</translation>
    </message>
    <message>
        <source>Largest backlog</source>
        <translation>최대 밀림</translation>
    </message>
    <message>
        <source>A live stream that is so far behind loses its oldest events</source>
        <translation>실시간 이벤트가 이만큼 밀리면 가장 오래된 것을 버려요</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>영역</translation>
    </message>
    <message>
        <source>What the networks see: x, y, width, height in pixels; empty: the largest square</source>
        <translation>신경망이 볼 곳: x, y, 너비, 높이 (픽셀). 비우면 가운데 가장 큰 정사각형이에요</translation>
    </message>
    <message>
        <source>Biases</source>
        <translation>바이어스</translation>
    </message>
    <message>
        <source>Set on every camera that is opened, each NAME=VALUE, with commas between</source>
        <translation>카메라를 열 때마다 설정해요. 이름=값을 쉼표로 나눠 적어요</translation>
    </message>
    <message>
        <source>Biases of one camera</source>
        <translation>카메라별 바이어스</translation>
    </message>
    <message>
        <source>Set after those, each SERIAL:NAME=VALUE, with commas between</source>
        <translation>그 뒤에 설정해요. 일련번호:이름=값을 쉼표로 나눠 적어요</translation>
    </message>
    <message>
        <source>Hot pixels</source>
        <translation>핫 픽셀</translation>
    </message>
    <message>
        <source>Leave out pixels that fire all the time while their neighbours are still</source>
        <translation>주변은 조용한데 계속 이벤트를 내는 픽셀을 빼요</translation>
    </message>
    <message>
        <source>Rate of a hot pixel</source>
        <translation>핫 픽셀의 발생률</translation>
    </message>
    <message>
        <source>It fires at least so often in a second</source>
        <translation>1초에 적어도 이만큼 이벤트를 내요</translation>
    </message>
    <message>
        <source>Refractory period</source>
        <translation>불응기</translation>
    </message>
    <message>
        <source>Let each pixel rest after an event</source>
        <translation>이벤트가 난 뒤 픽셀을 잠시 쉬게 해요</translation>
    </message>
    <message>
        <source>Rest of a pixel</source>
        <translation>픽셀이 쉬는 시간</translation>
    </message>
    <message>
        <source>So long after an event a pixel is not heard</source>
        <translation>이벤트가 난 뒤 이 시간 동안 그 픽셀을 무시해요</translation>
    </message>
    <message>
        <source>Background activity</source>
        <translation>배경 활동</translation>
    </message>
    <message>
        <source>Leave out events that no neighbour supports</source>
        <translation>이웃 픽셀이 뒷받침하지 않는 이벤트를 빼요</translation>
    </message>
    <message>
        <source>Age of support</source>
        <translation>뒷받침 시간</translation>
    </message>
    <message>
        <source>A neighbour supports an event if it had one at most so long before</source>
        <translation>이웃 픽셀에 이 시간 안에 이벤트가 있었으면 뒷받침으로 봐요</translation>
    </message>
    <message>
        <source>Supporting neighbours</source>
        <translation>뒷받침하는 이웃 수</translation>
    </message>
    <message>
        <source>So many of the eight pixels around must support an event</source>
        <translation>주변 여덟 픽셀 가운데 이만큼이 뒷받침해야 해요</translation>
    </message>
    <message>
        <source>Polarity</source>
        <translation>극성</translation>
    </message>
    <message>
        <source>Which changes are seen: to brighter (on), to darker (off) or both</source>
        <translation>어떤 변화를 볼지 골라요: 밝아짐(ON), 어두워짐(OFF), 또는 둘 다</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>자르기</translation>
    </message>
    <message>
        <source>x, y, width, height in pixels; empty: everything. Left out where it does not fit</source>
        <translation>픽셀 단위 x, y, 너비, 높이예요. 비우면 전체를 보고, 센서에 맞지 않으면 적용하지 않아요</translation>
    </message>
    <message>
        <source>Flip</source>
        <translation>뒤집기</translation>
    </message>
    <message>
        <source>A picture flipped left and right is a mirror&apos;s: a right hand looks like a left one</source>
        <translation>좌우로 뒤집으면 거울처럼 보여서 오른손이 왼손으로 보여요</translation>
    </message>
    <message>
        <source>Rotate</source>
        <translation>회전</translation>
    </message>
    <message>
        <source>Degrees clockwise</source>
        <translation>시계 방향 각도예요</translation>
    </message>
    <message>
        <source>Downscale</source>
        <translation>축소</translation>
    </message>
    <message>
        <source>Squares of so many pixels across become one</source>
        <translation>한 변이 이만큼인 정사각형을 픽셀 하나로 합쳐요</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>속도</translation>
    </message>
    <message>
        <source>How many times real time a recording plays; by itself: as fast as possible</source>
        <translation>녹화를 실제 시간의 몇 배로 재생할지. 자동: 되도록 빠르게</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>반복</translation>
    </message>
    <message>
        <source>Begin again at the end of a recording</source>
        <translation>녹화가 끝나면 처음부터 다시 재생해요</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>Of this window</source>
        <translation>이 창의 언어</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>테마</translation>
    </message>
    <message>
        <source>Colours of the window</source>
        <translation>창의 색</translation>
    </message>
    <message>
        <source>Event colours</source>
        <translation>이벤트 색</translation>
    </message>
    <message>
        <source>Of the event picture</source>
        <translation>이벤트 화면의 색</translation>
    </message>
    <message>
        <source>How events become a picture</source>
        <translation>이벤트로 화면을 만드는 방법</translation>
    </message>
    <message>
        <source>Fading</source>
        <translation>잔상</translation>
    </message>
    <message>
        <source>How long an event is seen</source>
        <translation>이벤트가 보이는 시간</translation>
    </message>
    <message>
        <source>Span of time</source>
        <translation>시간 간격</translation>
    </message>
    <message>
        <source>Shown by a picture of constant time</source>
        <translation>일정 시간 화면에 보이는 시간</translation>
    </message>
    <message>
        <source>Span of events</source>
        <translation>이벤트 간격</translation>
    </message>
    <message>
        <source>Shown by a picture of constant count</source>
        <translation>일정 개수 화면에 보이는 이벤트 수</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>덧글</translation>
    </message>
    <message>
        <source>Source, time and rate in the picture&apos;s corner</source>
        <translation>화면 구석에 소스, 시간, 발생률을 보여 줘요</translation>
    </message>
    <message>
        <source>Decision in saved pictures</source>
        <translation>저장한 그림 속 결정</translation>
    </message>
    <message>
        <source>Write what was recognised into what is saved</source>
        <translation>알아본 동작을 저장하는 그림에 적어요</translation>
    </message>
    <message>
        <source>Pictures a second</source>
        <translation>초당 화면 수</translation>
    </message>
    <message>
        <source>At most; fewer spare the processor</source>
        <translation>최대값. 적으면 컴퓨터가 덜 바빠요</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>소스</translation>
    </message>
    <message>
        <source>camera[:SERIAL], network:IP:PORT, performer, or a file</source>
        <translation>camera[:일련번호], network:IP:포트, performer, 또는 파일</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>모니터</translation>
    </message>
    <message>
        <source>By its name; empty: the first</source>
        <translation>모니터 이름. 비우면 첫 번째예요</translation>
    </message>
    <message>
        <source>Language of the booth</source>
        <translation>전시 화면의 언어</translation>
    </message>
    <message>
        <source>What visitors read</source>
        <translation>방문객이 읽는 언어</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>거울</translation>
    </message>
    <message>
        <source>Show visitors as a mirror would</source>
        <translation>방문객을 거울처럼 보여 줘요</translation>
    </message>
    <message>
        <source>Gestures</source>
        <translation>동작</translation>
    </message>
    <message>
        <source>Asked for in a round, with commas between</source>
        <translation>놀이에서 청하는 동작을 쉼표로 나눠 적어요</translation>
    </message>
    <message>
        <source>Round</source>
        <translation>놀이 길이</translation>
    </message>
    <message>
        <source>Gestures asked for in a round</source>
        <translation>한 판에서 청하는 동작 수</translation>
    </message>
    <message>
        <source>Difficulty</source>
        <translation>난이도</translation>
    </message>
    <message>
        <source>How surely a gesture must be recognised</source>
        <translation>동작을 얼마나 확실히 알아봐야 하는지</translation>
    </message>
    <message>
        <source>Time for a gesture</source>
        <translation>동작 시간</translation>
    </message>
    <message>
        <source>In a round</source>
        <translation>놀이에서 동작 하나에 주는 시간</translation>
    </message>
    <message>
        <source>Stillness</source>
        <translation>정지 시간</translation>
    </message>
    <message>
        <source>After which nobody is there</source>
        <translation>이만큼 움직임이 없으면 아무도 없다고 봐요</translation>
    </message>
    <message>
        <source>Pointer</source>
        <translation>마우스 포인터</translation>
    </message>
    <message>
        <source>Idle time after which it is hidden</source>
        <translation>쓰지 않으면 이 시간 뒤에 숨겨요</translation>
    </message>
    <message>
        <source>No screen saver</source>
        <translation>화면 보호기 막기</translation>
    </message>
    <message>
        <source>While the booth runs</source>
        <translation>전시 화면이 켜져 있는 동안</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>메모리</translation>
    </message>
    <message>
        <source>Above this the booth is started anew</source>
        <translation>이보다 많이 쓰면 전시 화면을 다시 시작해요</translation>
    </message>
    <message>
        <source>Nightly restart</source>
        <translation>매일 다시 시작</translation>
    </message>
    <message>
        <source>A time of day such as 04:00; empty: never</source>
        <translation>04:00 같은 시각. 비우면 하지 않아요</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN 번호</translation>
    </message>
    <message>
        <source>Set with the command: {0} kiosk --set-pin</source>
        <translation>명령으로 설정해요: {0} kiosk --set-pin</translation>
    </message>
    <message>
        <source>In the File menu</source>
        <translation>파일 메뉴에 있어요</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>시스템 설정대로</translation>
    </message>
    <message>
        <source>In turn</source>
        <translation>번갈아</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Blue and orange</source>
        <translation>파랑과 주황</translation>
    </message>
    <message>
        <source>Gray</source>
        <translation>회색</translation>
    </message>
    <message>
        <source>Cividis</source>
        <translation>시비디스</translation>
    </message>
    <message>
        <source>Viridis</source>
        <translation>비리디스</translation>
    </message>
    <message>
        <source>Easy</source>
        <translation>쉬움</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>보통</translation>
    </message>
    <message>
        <source>Hard</source>
        <translation>어려움</translation>
    </message>
    <message>
        <source>Constant time</source>
        <translation>일정 시간</translation>
    </message>
    <message>
        <source>Constant count</source>
        <translation>일정 개수</translation>
    </message>
    <message>
        <source>Time surface</source>
        <translation>시간 표면</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>둘 다</translation>
    </message>
    <message>
        <source>On</source>
        <translation>밝아짐(ON)</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>어두워짐(OFF)</translation>
    </message>
    <message>
        <source>None</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Left and right</source>
        <translation>좌우</translation>
    </message>
    <message>
        <source>Top and bottom</source>
        <translation>상하</translation>
    </message>
    <message>
        <source>When the booth starts next</source>
        <translation>전시 화면을 다음에 시작할 때 적용돼요</translation>
    </message>
    <message>
        <source>When a camera is opened next</source>
        <translation>카메라를 다음에 열 때 적용돼요</translation>
    </message>
    <message>
        <source>After a restart</source>
        <translation>다시 시작하면 적용돼요</translation>
    </message>
    <message>
        <source>Cividis (both polarities alike)</source>
        <translation>시비디스 (두 극성 같은 색)</translation>
    </message>
    <message>
        <source>Viridis (both polarities alike)</source>
        <translation>비리디스 (두 극성 같은 색)</translation>
    </message>
    <message>
        <source>Event rate</source>
        <translation>이벤트 발생률</translation>
    </message>
    <message>
        <source>Events a second of sensor time, the mean of half a second</source>
        <translation>센서 시간 1초당 이벤트 수, 0.5초 평균</translation>
    </message>
    <message>
        <source>Spikes a second of sensor time, of all neurons of a layer together</source>
        <translation>센서 시간 1초당 한 층 모든 뉴런의 스파이크 수</translation>
    </message>
    <message>
        <source>From the arrival of events to the decision, of the last five seconds</source>
        <translation>이벤트가 도착해서 결정될 때까지의 시간, 지난 5초</translation>
    </message>
    <message>
        <source>{0} over time</source>
        <translation>시간에 따른 {0}</translation>
    </message>
    <message>
        <source>Spike rate</source>
        <translation>스파이크 발생률</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>지연</translation>
    </message>
    <message>
        <source>median</source>
        <translation>중앙값</translation>
    </message>
    <message>
        <source>At {0}</source>
        <translation>{0}</translation>
    </message>
    <message>
        <source>output</source>
        <translation>출력</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>은닉</translation>
    </message>
    <message>
        <source>Rates over time</source>
        <translation>시간에 따른 발생률</translation>
    </message>
    <message>
        <source>AEDAT 4 recording (*.aedat4)</source>
        <translation>AEDAT 4 녹화 (*.aedat4)</translation>
    </message>
    <message>
        <source>Stop &amp;recording</source>
        <translation>녹화 멈추기(&amp;R)</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>녹화</translation>
    </message>
    <message>
        <source>Position in the recording</source>
        <translation>녹화 안의 위치</translation>
    </message>
    <message>
        <source>Position, and the event rate: drag, click, arrow keys or wheel</source>
        <translation>위치와 이벤트 발생률: 끌기, 클릭, 화살표 키, 휠로 옮겨요</translation>
    </message>
    <message>
        <source>  or  </source>
        <translation>  또는  </translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>Tab walks through the controls, Enter presses the one in focus.</source>
        <translation>Tab으로 버튼을 옮겨 다니고 Enter로 눌러요.</translation>
    </message>
    <message>
        <source>Event recordings ({0});;All files (*)</source>
        <translation>이벤트 녹화 ({0});;모든 파일 (*)</translation>
    </message>
    <message>
        <source>Open recording</source>
        <translation>녹화 열기</translation>
    </message>
    <message>
        <source>This system has no hidden layer that spikes</source>
        <translation>이 시스템에는 스파이크를 내는 은닉층이 없어요</translation>
    </message>
    <message>
        <source>Spikes</source>
        <translation>스파이크</translation>
    </message>
    <message>
        <source>Spike raster of the last two seconds</source>
        <translation>지난 2초의 스파이크</translation>
    </message>
    <message>
        <source>Events per second of sensor time, the mean of the last half second</source>
        <translation>센서 시간 1초당 이벤트 수, 지난 0.5초 평균</translation>
    </message>
    <message>
        <source>From the arrival of events to the decision: median (99th percentile) of the last 5 seconds. A person does not notice 100 ms</source>
        <translation>이벤트가 도착해서 결정될 때까지의 시간: 지난 5초의 중앙값 (99번째 백분위수). 사람은 100밀리초를 느끼지 못해요</translation>
    </message>
    <message>
        <source>Sensor time that has come in and is not decided on yet. A live source loses its oldest events when this grows beyond its bound; a recording waits instead</source>
        <translation>들어왔지만 아직 결정하지 않은 센서 시간이에요. 이것이 한도를 넘으면 실시간 소스는 가장 오래된 이벤트를 잃고, 녹화는 기다려요</translation>
    </message>
    <message>
        <source>How many times faster than real time the network computes, or both together; below 1 it cannot keep up</source>
        <translation>신경망이 (둘이면 함께) 실제 시간보다 몇 배 빠르게 계산하는지예요. 1보다 작으면 따라가지 못해요</translation>
    </message>
    <message>
        <source>Every event of the live stream that was lost anywhere on its way, because it came too late or too fast. A recording loses none</source>
        <translation>실시간 이벤트 가운데 너무 늦거나 빨라서 오는 길에 잃은 수예요. 녹화는 하나도 잃지 않아요</translation>
    </message>
    <message>
        <source>Synaptic operations a second of sensor time: one for every spike that reaches a synapse that is not zero. The power is an estimate, {0} pJ for each as measured on {1}, and no measurement of this machine</source>
        <translation>센서 시간 1초당 시냅스 연산 수예요. 0이 아닌 시냅스에 스파이크가 닿을 때마다 하나씩 세요. 전력은 {1}에서 측정된 연산당 {0} pJ로 계산한 추정값이고, 이 컴퓨터를 잰 값이 아니에요</translation>
    </message>
    <message>
        <source>Synaptic operations a second, and the power they would take on a neuromorphic chip: counted only when asked, as that takes time. Recognition, Count synaptic operations (O) does</source>
        <translation>1초당 시냅스 연산 수와, 뉴로모픽 칩에서 쓸 전력이에요. 시간이 걸려서 요청할 때만 세요. 인식 메뉴의 시냅스 연산 세기(O)를 켜 보세요</translation>
    </message>
    <message>
        <source>Synapses</source>
        <translation>시냅스</translation>
    </message>
    <message>
        <source>Backlog</source>
        <translation>밀림</translation>
    </message>
    <message>
        <source>Headroom</source>
        <translation>여유</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>&amp;System</source>
        <translation>시스템(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Compare with</source>
        <translation>비교할 시스템(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Nothing (one system alone)</source>
        <translation>없음 (한 시스템만)(&amp;N)</translation>
    </message>
    <message>
        <source>Trained networks (*.safetensors *.nir);;All files (*)</source>
        <translation>학습된 신경망 (*.safetensors *.nir);;모든 파일 (*)</translation>
    </message>
    <message>
        <source>Open model file</source>
        <translation>모델 파일 열기</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>Playback speed</source>
        <translation>재생 속도</translation>
    </message>
    <message>
        <source>Playback speed (slower [, faster ])</source>
        <translation>재생 속도 (느리게 [, 빠르게 ])</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>실시간</translation>
    </message>
    <message>
        <source>{0} won {1}</source>
        <translation>{0} {1}회</translation>
    </message>
    <message>
        <source>nobody won {0}</source>
        <translation>승자 없음 {0}회</translation>
    </message>
    <message>
        <source>Of the last {0} ms, {1}. A column is a millisecond.</source>
        <translation>지난 {0}밀리초의 승자: {1}. 한 열이 1밀리초예요.</translation>
    </message>
    <message>
        <source>Winners of the vote window, per millisecond</source>
        <translation>투표 창의 1밀리초마다의 승자</translation>
    </message>
    <message>
        <source>Vote window</source>
        <translation>투표 창</translation>
    </message>
    <message>
        <source>Vote window, {0} ms</source>
        <translation>투표 창, {0} ms</translation>
    </message>
    <message>
        <source>Watch a spiking neural network recognise hand and arm gestures, event by event.
Where do the events come from?</source>
        <translation>스파이킹 신경망이 손과 팔의 동작을 이벤트 하나하나로 알아보는 모습을 보세요.
이벤트는 어디에서 가져올까요?</translation>
    </message>
    <message>
        <source>Or drop a recording anywhere in this window: {0}.</source>
        <translation>또는 녹화 파일을 이 창에 끌어다 놓으세요: {0}.</translation>
    </message>
    <message>
        <source>Open a recording</source>
        <translation>녹화 열기</translation>
    </message>
    <message>
        <source>Play a demonstration</source>
        <translation>시연 재생</translation>
    </message>
    <message>
        <source>Watch a synthetic person</source>
        <translation>가상 인물 보기</translation>
    </message>
    <message>
        <source>Connect a camera</source>
        <translation>카메라 연결</translation>
    </message>
    <message>
        <source>Back to: {0}</source>
        <translation>돌아가기: {0}</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>프리셋</translation>
    </message>
    <message>
        <source>Connected: {0}</source>
        <translation>연결됨: {0}</translation>
    </message>
    <message>
        <source>No permission: what to do …</source>
        <translation>권한 없음: 해결 방법 …</translation>
    </message>
    <message>
        <source>Rule for udev</source>
        <translation>udev 규칙</translation>
    </message>
    <message>
        <source>Copy the rule</source>
        <translation>규칙 복사</translation>
    </message>
    <message>
        <source>Copy a command for the terminal</source>
        <translation>터미널 명령 복사</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>복사했어요.</translation>
    </message>
    <message>
        <source>The window goes on, and what plays may go on, too. If it happens again, please send this report; it holds no recording, but names of files and folders.</source>
        <translation>창은 계속 쓸 수 있고, 재생도 이어질 수 있어요. 다시 생기면 이 보고서를 보내 주세요. 녹화는 들어 있지 않지만 파일과 폴더 이름은 들어 있어요.</translation>
    </message>
    <message>
        <source>A fault in the program</source>
        <translation>프로그램 오류</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>보고서</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>보고서 복사</translation>
    </message>
    <message>
        <source>Open the log folder</source>
        <translation>로그 폴더 열기</translation>
    </message>
    <message>
        <source>Spikehand: the guide</source>
        <translation>Spikehand 안내서</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>준비됨</translation>
    </message>
    <message>
        <source>no permission</source>
        <translation>권한 없음</translation>
    </message>
    <message>
        <source>in use by a program</source>
        <translation>다른 프로그램이 사용 중</translation>
    </message>
    <message>
        <source>playing here</source>
        <translation>여기서 재생 중</translation>
    </message>
    <message>
        <source>As the camera comes</source>
        <translation>카메라 기본값</translation>
    </message>
    <message>
        <source>Dim light, weak contrast</source>
        <translation>어두운 곳, 약한 대비</translation>
    </message>
    <message>
        <source>Fast motion</source>
        <translation>빠른 동작</translation>
    </message>
    <message>
        <source>Less noise</source>
        <translation>잡음 줄이기</translation>
    </message>
    <message>
        <source>Values of your own</source>
        <translation>직접 정한 값</translation>
    </message>
    <message>
        <source>unset</source>
        <translation>설정 안 함</translation>
    </message>
    <message>
        <source>No event camera is connected. Plug one into a USB port: it appears here by itself.</source>
        <translation>연결된 이벤트 카메라가 없어요. USB에 꽂으면 여기에 저절로 나타나요.</translation>
    </message>
    <message>
        <source>No event camera is found. Plug one into a USB port, then look again.</source>
        <translation>이벤트 카메라를 찾지 못했어요. USB에 꽂은 뒤 다시 찾아 보세요.</translation>
    </message>
    <message>
        <source>Looking for cameras …</source>
        <translation>카메라를 찾는 중 …</translation>
    </message>
    <message>
        <source>A camera is connected, but Linux does not let this user open it. Save this rule as {0}, then unplug the camera and plug it in again:</source>
        <translation>카메라가 연결되어 있지만 Linux가 이 사용자에게 허락하지 않아요. 이 규칙을 {0}에 저장한 뒤 카메라를 뽑았다가 다시 꽂아 주세요:</translation>
    </message>
    <message>
        <source>The command saves the rule and makes it hold; it asks for the password of sudo.</source>
        <translation>이 명령이 규칙을 저장하고 적용해요. sudo 암호를 물어봐요.</translation>
    </message>
    <message>
        <source>0 to {0}, {1} when unset</source>
        <translation>0~{0}, 설정하지 않으면 {1}</translation>
    </message>
    <message>
        <source>in steps of 250 µs</source>
        <translation>250 µs 단위</translation>
    </message>
    <message>
        <source>drops every so many events</source>
        <translation>이만큼의 이벤트마다 하나를 버려요</translation>
    </message>
    <message>
        <source>coarse:fine, such as 4:200</source>
        <translation>거칠게:곱게, 예: 4:200</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>정수</translation>
    </message>
    <message>
        <source>DVS128 Gesture, the data set whose eleven classes are known</source>
        <translation>DVS128 Gesture, 알아보는 열한 동작의 데이터 세트</translation>
    </message>
    <message>
        <source>Eedn, the network for TrueNorth</source>
        <translation>Eedn, TrueNorth의 신경망</translation>
    </message>
    <message>
        <source>SLAYER, learning with delays through time</source>
        <translation>SLAYER, 지연을 두고 시간을 거슬러 학습</translation>
    </message>
    <message>
        <source>DECOLLE, learning from local errors</source>
        <translation>DECOLLE, 국소 오차로 학습</translation>
    </message>
    <message>
        <source>C3D, convolutions in space and time without spikes</source>
        <translation>C3D, 스파이크 없는 시공간 합성곱</translation>
    </message>
    <message>
        <source>The spike response model of the microscope</source>
        <translation>현미경의 스파이크 반응 모델</translation>
    </message>
    <message>
        <source>The neuron with ion channels of the microscope</source>
        <translation>현미경의 이온 통로 뉴런</translation>
    </message>
    <message>
        <source>Event cameras: how they work and what is done with them</source>
        <translation>이벤트 카메라: 원리와 쓰임새</translation>
    </message>
    <message>
        <source>NIR, the file format of spiking networks</source>
        <translation>NIR, 스파이킹 신경망의 파일 형식</translation>
    </message>
    <message>
        <source>{0} events/s</source>
        <translation>초당 이벤트 {0}개</translation>
    </message>
    <message>
        <source>no event for 1 s</source>
        <translation>1초 동안 이벤트 없음</translation>
    </message>
    <message>
        <source>{0} {1} ms ago</source>
        <translation>{0} {1}밀리초 전</translation>
    </message>
    <message>
        <source>last {0} ms</source>
        <translation>지난 {0}밀리초</translation>
    </message>
    <message>
        <source>last {0} events</source>
        <translation>지난 이벤트 {0}개</translation>
    </message>
    <message>
        <source>newest brightest</source>
        <translation>새것이 가장 밝게</translation>
    </message>
    <message>
        <source>not installed</source>
        <translation>설치되지 않음</translation>
    </message>
    <message>
        <source>System</source>
        <translation>시스템</translation>
    </message>
    <message>
        <source>cannot start another window: {0}</source>
        <translation>새 창을 시작할 수 없어요: {0}</translation>
    </message>
    <message>
        <source>by itself</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>비우기</translation>
    </message>
    <message>
        <source>{0} files</source>
        <translation>파일 {0}개</translation>
    </message>
    <message>
        <source>1 file</source>
        <translation>파일 1개</translation>
    </message>
    <message>
        <source>set</source>
        <translation>설정됨</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>설정되지 않음</translation>
    </message>
    <message>
        <source>Back to the default</source>
        <translation>기본값으로</translation>
    </message>
    <message>
        <source>{0}: back to the default</source>
        <translation>{0}: 기본값으로</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>찾기</translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation>설정 찾기</translation>
    </message>
    <message>
        <source>Groups of settings</source>
        <translation>설정 묶음</translation>
    </message>
    <message>
        <source>No setting is called so.</source>
        <translation>그런 이름의 설정이 없어요.</translation>
    </message>
    <message>
        <source>MP4 film (*.mp4);;GIF film (*.gif)</source>
        <translation>MP4 영상 (*.mp4);;GIF 영상 (*.gif)</translation>
    </message>
    <message>
        <source>Stop &amp;filming</source>
        <translation>촬영 멈추기(&amp;F)</translation>
    </message>
    <message>
        <source>Film what is shown</source>
        <translation>보이는 것 촬영</translation>
    </message>
    <message>
        <source>filming {0}</source>
        <translation>촬영 중 {0}</translation>
    </message>
    <message>
        <source>Film the recording</source>
        <translation>녹화 촬영</translation>
    </message>
    <message>
        <source>&amp;Suggest</source>
        <translation>추천값(&amp;S)</translation>
    </message>
    <message>
        <source>Set the filters against noise as this stream needs them</source>
        <translation>이 스트림에 맞게 잡음 필터를 설정해요</translation>
    </message>
    <message>
        <source>&amp;All off</source>
        <translation>모두 끄기(&amp;A)</translation>
    </message>
    <message>
        <source>Every event</source>
        <translation>모든 이벤트를 봐요</translation>
    </message>
    <message>
        <source>&amp;Draw</source>
        <translation>그리기(&amp;D)</translation>
    </message>
    <message>
        <source>Drag over the picture what is to be left of it; draw again to cut more off. An empty field shows everything</source>
        <translation>화면에서 남길 부분을 끌어 그려요. 다시 그리면 더 잘라요. 칸을 비우면 전체가 보여요</translation>
    </message>
    <message>
        <source>All {0} pixels are seen.</source>
        <translation>{0} 픽셀을 모두 보고 있어요.</translation>
    </message>
    <message>
        <source>Of {0} pixels a picture of {1} is made.</source>
        <translation>{0} 픽셀에서 {1} 그림을 만들어요.</translation>
    </message>
    <message>
        <source>x, y, width, height</source>
        <translation>x, y, 너비, 높이</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>필터</translation>
    </message>
    <message>
        <source>filmed {0} pictures into {1}</source>
        <translation>화면 {0}장을 {1}에 담았어요</translation>
    </message>
    <message>
        <source>{0}; {1} came too fast to be written</source>
        <translation>{0}; {1}장은 너무 빨라서 담지 못했어요</translation>
    </message>
    <message>
        <source>Took away {0} of the {1} events that came to it</source>
        <translation>들어온 이벤트 {1}개 가운데 {0}개를 뺐어요</translation>
    </message>
    <message>
        <source>The noise of a stream is measured while it plays.</source>
        <translation>잡음은 재생하는 동안 측정해요.</translation>
    </message>
    <message>
        <source>Measuring the noise of this stream …</source>
        <translation>이 스트림의 잡음을 측정하고 있어요 …</translation>
    </message>
    <message>
        <source>Isolated events: {0} per pixel and second. Hot pixels: {1}.</source>
        <translation>고립된 이벤트: 픽셀당 1초에 {0}개. 핫 픽셀: {1}개.</translation>
    </message>
    <message>
        <source>That is quiet: filters against noise are off.</source>
        <translation>조용한 스트림이라 잡음 필터를 껐어요.</translation>
    </message>
    <message>
        <source>What no neighbour supports within {0} ms is left out.</source>
        <translation>이웃 픽셀이 {0} ms 안에 뒷받침하지 않는 이벤트를 빼요.</translation>
    </message>
    <message>
        <source>Hot pixels are left out.</source>
        <translation>핫 픽셀을 빼요.</translation>
    </message>
    <message>
        <source>the dialog cannot show a recording in {0} whose name is no UTF-8: drop it on the window, or rename it</source>
        <translation>{0} 폴더에 이름이 UTF-8이 아닌 녹화가 하나 있어 대화 상자에 보이지 않아요. 창에 끌어다 놓거나 이름을 바꿔 주세요</translation>
    </message>
    <message>
        <source>the dialog cannot show {1} recordings in {0} whose names are no UTF-8: drop them on the window, or rename them</source>
        <translation>{0} 폴더에 이름이 UTF-8이 아닌 녹화가 {1}개 있어 대화 상자에 보이지 않아요. 창에 끌어다 놓거나 이름을 바꿔 주세요</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>PNG 그림 (*.png)</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>화면 저장</translation>
    </message>
    <message>
        <source>saved the picture to {0}</source>
        <translation>화면을 {0}에 저장했어요</translation>
    </message>
    <message>
        <source>Every slice of the recording is filmed …</source>
        <translation>녹화의 모든 조각을 담는 중 …</translation>
    </message>
    <message>
        <source>the recording cannot be played</source>
        <translation>이 녹화는 재생할 수 없어요</translation>
    </message>
    <message>
        <source>The last second as a cloud of events</source>
        <translation>지난 1초의 이벤트 구름</translation>
    </message>
    <message>
        <source>Drag or arrow keys turn, the wheel zooms, a double click resets</source>
        <translation>끌거나 화살표 키로 돌리고, 휠로 확대하고, 두 번 클릭하면 처음으로 돌아가요</translation>
    </message>
    <message>
        <source>now</source>
        <translation>지금</translation>
    </message>
    <message>
        <source>1 s ago</source>
        <translation>1초 전</translation>
    </message>
    <message>
        <source>1 of {0} events is drawn</source>
        <translation>이벤트 {0}개 중 1개를 그려요</translation>
    </message>
    <message>
        <source>more events than a second of them can be kept</source>
        <translation>1초 동안 담을 수 있는 것보다 이벤트가 많아요</translation>
    </message>
    <message>
        <source>Space and time</source>
        <translation>시공간</translation>
    </message>
    <message>
        <source>Give the gesture a name, or choose a known one that you make in your own way. Make it for ten seconds, again and again, where you are recognised. It is learnt while everything goes on; what is known already stays.</source>
        <translation>동작의 이름을 적거나, 이미 아는 동작 가운데 나만의 방식으로 하는 것을 고르세요. 인식되는 자리에서 10초 동안 되풀이해 주세요. 모든 것이 돌아가는 동안 배우고, 이미 아는 것은 그대로예요.</translation>
    </message>
    <message>
        <source>Show the gesture</source>
        <translation>동작 보여 주기</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>멈추기</translation>
    </message>
    <message>
        <source>Teach a gesture</source>
        <translation>동작 가르치기</translation>
    </message>
    <message>
        <source>What is taught</source>
        <translation>가르칠 것</translation>
    </message>
    <message>
        <source>A new gesture</source>
        <translation>새 동작</translation>
    </message>
    <message>
        <source>for example: Salute</source>
        <translation>예: 경례</translation>
    </message>
    <message>
        <source>Name of the gesture</source>
        <translation>동작 이름</translation>
    </message>
    <message>
        <source>Taught gestures</source>
        <translation>가르친 동작</translation>
    </message>
    <message>
        <source>Taught gestures: none yet</source>
        <translation>가르친 동작: 아직 없어요</translation>
    </message>
    <message>
        <source>Give it the name above</source>
        <translation>위의 이름으로 바꾸기</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>잊기</translation>
    </message>
    <message>
        <source>My way of: {0}</source>
        <translation>내 방식: {0}</translation>
    </message>
    <message>
        <source>Ready when something plays.</source>
        <translation>재생 중이면 시작할 수 있어요.</translation>
    </message>
    <message>
        <source>Nothing plays; it goes on as soon as something does.</source>
        <translation>재생 중인 것이 없어요. 다시 재생되면 이어서 해요.</translation>
    </message>
    <message>
        <source>Ready.</source>
        <translation>준비됐어요.</translation>
    </message>
    <message>
        <source>Only a network of the default system can be taught.</source>
        <translation>기본 시스템의 신경망만 가르칠 수 있어요.</translation>
    </message>
    <message>
        <source>Begin in {0} …</source>
        <translation>{0}초 뒤에 시작해요 …</translation>
    </message>
    <message>
        <source>Now: make the gesture again and again.</source>
        <translation>지금 동작을 되풀이해 주세요.</translation>
    </message>
    <message>
        <source>Learning …</source>
        <translation>배우는 중이에요 …</translation>
    </message>
    <message>
        <source>“{0}” is learnt: in the last three seconds, which were not learnt from, it won {1} of the ticks that had a winner.</source>
        <translation>“{0}” 동작을 배웠어요. 배우는 데 쓰지 않은 마지막 3초에서, 승자가 있는 틱의 {1}를 차지했어요.</translation>
    </message>
    <message>
        <source>“{0}” is forgotten.</source>
        <translation>“{0}” 동작을 잊었어요.</translation>
    </message>
    <message>
        <source>“{0}” is now called “{1}”.</source>
        <translation>“{0}”의 이름을 “{1}”(으)로 바꿨어요.</translation>
    </message>
    <message>
        <source>Your way of “{0}” is learnt: in the last three seconds, which were not learnt from, it won {1} of the ticks that had a winner, {2} before.</source>
        <translation>나만의 “{0}” 방식을 배웠어요. 배우는 데 쓰지 않은 마지막 3초에서, 승자가 있는 틱의 {1}를 차지했어요. 배우기 전에는 {2}였어요.</translation>
    </message>
    <message>
        <source>Next: {0}, in {1} …</source>
        <translation>다음: {0}, {1}초 뒤 …</translation>
    </message>
    <message>
        <source>Now: {0}, again and again.</source>
        <translation>지금: {0}, 되풀이해 주세요.</translation>
    </message>
    <message>
        <source>{0}: {1} right in what was not learnt from, {2} before.</source>
        <translation>{0}: 배우지 않은 부분의 {1}를 맞혔어요. 전에는 {2}였어요.</translation>
    </message>
    <message>
        <source>Kept. It can be forgotten where gestures are taught.</source>
        <translation>저장했어요. 동작을 가르치는 창에서 다시 잊게 할 수 있어요.</translation>
    </message>
    <message>
        <source>Discarded; everything is as it was.</source>
        <translation>버렸어요. 모든 것이 전과 같아요.</translation>
    </message>
    <message>
        <source>Choose 3 to 5 gestures and make each for six seconds when its picture is shown, where you are recognised. The program learns how they look here; you can keep that or not.</source>
        <translation>동작을 3개에서 5개 고르고, 그림이 나오면 인식되는 자리에서 하나씩 6초 동안 해 주세요. 이곳에서 어떻게 보이는지 배우고, 저장할지는 나중에 정할 수 있어요.</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Calibrate to this place</source>
        <translation>이 장소에 맞추기</translation>
    </message>
    <message>
        <source>Gestures to make</source>
        <translation>해 볼 동작</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>버리기</translation>
    </message>
    <message>
        <source>the camera {0}</source>
        <translation>{0} 카메라</translation>
    </message>
    <message>
        <source>the server {0}</source>
        <translation>{0} 서버</translation>
    </message>
    <message>
        <source>the event server {0}</source>
        <translation>{0} 이벤트 서버</translation>
    </message>
    <message>
        <source>performer, {0}</source>
        <translation>가상 인물, {0}</translation>
    </message>
    <message>
        <source>all gestures</source>
        <translation>모든 동작</translation>
    </message>
    <message>
        <source>hand clapping</source>
        <translation>손뼉 치기</translation>
    </message>
    <message>
        <source>right hand wave</source>
        <translation>오른손 흔들기</translation>
    </message>
    <message>
        <source>left hand wave</source>
        <translation>왼손 흔들기</translation>
    </message>
    <message>
        <source>right arm clockwise</source>
        <translation>오른팔 시계 방향</translation>
    </message>
    <message>
        <source>right arm counter clockwise</source>
        <translation>오른팔 시계 반대 방향</translation>
    </message>
    <message>
        <source>left arm clockwise</source>
        <translation>왼팔 시계 방향</translation>
    </message>
    <message>
        <source>left arm counter clockwise</source>
        <translation>왼팔 시계 반대 방향</translation>
    </message>
    <message>
        <source>arm roll</source>
        <translation>두 팔 굴리기</translation>
    </message>
    <message>
        <source>air drums</source>
        <translation>에어 드럼</translation>
    </message>
    <message>
        <source>air guitar</source>
        <translation>에어 기타</translation>
    </message>
    <message>
        <source>other gestures</source>
        <translation>다른 동작</translation>
    </message>
    <message>
        <source>there is no event camera connected: plug one into a USB port, or try another cable</source>
        <translation>연결된 이벤트 카메라가 없어요. USB에 꽂거나 다른 케이블로 해 보세요</translation>
    </message>
    <message>
        <source>there is no event camera with serial number {0}, only {1}</source>
        <translation>일련번호가 {0}인 이벤트 카메라가 없어요. 있는 것: {1}</translation>
    </message>
    <message>
        <source>there is an event camera at {0}, but this user may not open it: “{1} doctor” tells which permission rule is missing</source>
        <translation>{0}에 이벤트 카메라가 있지만 이 사용자는 열 권한이 없어요. “{1} doctor”가 빠진 권한 규칙을 알려 줘요</translation>
    </message>
    <message>
        <source>the camera {0} does not say how large its sensor is (--sensor says it)</source>
        <translation>{0} 카메라가 센서 크기를 알려 주지 않아요(--sensor로 정할 수 있어요)</translation>
    </message>
    <message>
        <source>cannot look for cameras: {0}</source>
        <translation>카메라를 찾을 수 없어요: {0}</translation>
    </message>
    <message>
        <source>cannot open the camera {0}: {1}</source>
        <translation>{0} 카메라를 열 수 없어요: {1}</translation>
    </message>
    <message>
        <source>USB has not answered within {0} s: unplug what hangs</source>
        <translation>USB가 {0}초 동안 응답하지 않아요. 멈춘 기기를 뽑아 주세요</translation>
    </message>
    <message>
        <source>the search for cameras broke off</source>
        <translation>카메라 찾기가 중간에 끊겼어요</translation>
    </message>
    <message>
        <source>{0} broke off: {1}</source>
        <translation>{0} 연결이 끊겼어요: {1}</translation>
    </message>
    <message>
        <source>{0} is gone</source>
        <translation>{0} 연결이 사라졌어요</translation>
    </message>
    <message>
        <source>it is being opened again</source>
        <translation>다시 여는 중이에요</translation>
    </message>
    <message>
        <source>{0} has sent no events for {1} s</source>
        <translation>{0}에서 {1}초 동안 이벤트가 오지 않았어요</translation>
    </message>
    <message>
        <source>{0} came back with {1} pixels instead of {2}</source>
        <translation>{0}의 크기가 {2}에서 {1} 픽셀로 바뀌어 돌아왔어요</translation>
    </message>
    <message>
        <source>{0} is live: it cannot go to another time</source>
        <translation>{0}: 실시간이라 다른 시간으로 갈 수 없어요</translation>
    </message>
    <message>
        <source>the performer is live: it cannot go to another time</source>
        <translation>가상 인물은 실시간이라 다른 시간으로 갈 수 없어요</translation>
    </message>
    <message>
        <source>the performer cannot act: {0}</source>
        <translation>가상 인물이 연기할 수 없어요: {0}</translation>
    </message>
    <message>
        <source>the source sets its clock back again and again, by ages</source>
        <translation>소스의 시계가 거듭 한참 뒤로 가요</translation>
    </message>
    <message>
        <source>expected a bias such as diff_on=500 or On=4:200, got {0}</source>
        <translation>바이어스를 diff_on=500이나 On=4:200처럼 적어 주세요. 적힌 것: {0}</translation>
    </message>
    <message>
        <source>expected a bias that this camera has ({0}), got {1}</source>
        <translation>이 카메라의 바이어스({0}) 중에서 적어 주세요. 적힌 것: {1}</translation>
    </message>
    <message>
        <source>none at all</source>
        <translation>하나도 없음</translation>
    </message>
    <message>
        <source>the bias {0} cannot be {1}: {2}</source>
        <translation>바이어스 {0} 값은 {1}일 수 없어요: {2}</translation>
    </message>
    <message>
        <source>out of range</source>
        <translation>범위를 벗어났어요</translation>
    </message>
    <message>
        <source>expected {0}, for the bias {1}, got {2}</source>
        <translation>바이어스 {1} 값은 {0}이어야 해요. 적힌 것: {2}</translation>
    </message>
    <message>
        <source>expected {0} out of {1}, got {2}</source>
        <translation>{0} 값은 {1} 중 하나여야 해요. 적힌 것: {2}</translation>
    </message>
    <message>
        <source>expected 0 to {0}, for the bias {1}, got {2}</source>
        <translation>바이어스 {1} 값은 0~{0}이어야 해요. 적힌 것: {2}</translation>
    </message>
    <message>
        <source>coarse and fine, such as 4:200</source>
        <translation>4:200 같은 굵은 값과 가는 값</translation>
    </message>
    <message>
        <source>the server {0} does not say how large its sensor is, and sends no events that could tell it (--sensor says it)</source>
        <translation>{0} 서버가 센서 크기를 알려 주지 않고, 크기를 알 만한 이벤트도 보내지 않아요(--sensor로 정할 수 있어요)</translation>
    </message>
    <message>
        <source>the server {0} sends something other than events</source>
        <translation>{0} 서버가 이벤트가 아닌 것을 보내요</translation>
    </message>
    <message>
        <source>the event server {0} is not an event server</source>
        <translation>{0} 주소에 있는 것은 이벤트 서버가 아니에요</translation>
    </message>
    <message>
        <source>the event server {0} does not answer</source>
        <translation>{0} 이벤트 서버가 응답하지 않아요</translation>
    </message>
    <message>
        <source>the event server {0} hung up before it said anything</source>
        <translation>{0} 이벤트 서버가 아무 말 없이 연결을 끊었어요</translation>
    </message>
    <message>
        <source>the event server {0} cannot be reached: {1}</source>
        <translation>{0} 이벤트 서버에 연결할 수 없어요: {1}</translation>
    </message>
    <message>
        <source>cannot serve at {0}: {1}</source>
        <translation>{0} 주소에서 보낼 수 없어요: {1}</translation>
    </message>
    <message>
        <source>expected an IP address such as 127.0.0.1, got {0}</source>
        <translation>127.0.0.1 같은 IP 주소를 적어 주세요. 적힌 것: {0}</translation>
    </message>
    <message>
        <source>expected an IP address and a port such as {0}, {1}</source>
        <translation>{0}처럼 IP 주소와 포트를 적어 주세요. {1}</translation>
    </message>
    <message>
        <source>got nothing</source>
        <translation>아직 적은 것이 없어요</translation>
    </message>
    <message>
        <source>got {0}</source>
        <translation>적힌 것: {0}</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>expected a port within 1..65535, got {0}</source>
        <translation>포트는 1~65535여야 해요. 적힌 것: {0}</translation>
    </message>
    <message>
        <source>{0} cannot be opened: its process crashed at its start</source>
        <translation>{0}: 읽는 프로세스가 시작하다 죽어서 열 수 없어요</translation>
    </message>
    <message>
        <source>{0} cannot be opened: its process did not answer at its start</source>
        <translation>{0}: 읽는 프로세스가 시작할 때 응답하지 않아서 열 수 없어요</translation>
    </message>
    <message>
        <source>{0} cannot be opened: its reader crashed</source>
        <translation>{0}: 읽는 프로세스가 죽어서 열 수 없어요</translation>
    </message>
    <message>
        <source>{0} cannot be opened: its reader did not answer for {1} s</source>
        <translation>{0}: 읽는 프로세스가 {1}초 동안 응답하지 않아서 열 수 없어요</translation>
    </message>
    <message>
        <source>{0} is damaged: its reader crashed while opening it</source>
        <translation>{0}: 손상되어 여는 중에 읽는 프로세스가 죽었어요</translation>
    </message>
    <message>
        <source>{0} asks for more memory than {1}</source>
        <translation>{0}: 메모리를 {1}보다 많이 달라고 해요</translation>
    </message>
    <message>
        <source>{0} is slow: waiting for its drive</source>
        <translation>{0}: 느려서 드라이브를 기다리는 중이에요</translation>
    </message>
    <message>
        <source>{0} is slow: waiting until it is set up</source>
        <translation>{0}: 느려서 준비될 때까지 기다리는 중이에요</translation>
    </message>
    <message>
        <source>{0} is opened anew: {1}</source>
        <translation>{0}: 새로 여는 중이에요({1})</translation>
    </message>
    <message>
        <source>{0} cannot be read near {1} s: {2}</source>
        <translation>{0}: {1}초 근처를 읽을 수 없어요({2})</translation>
    </message>
    <message>
        <source>{0} has been closed</source>
        <translation>{0}: 닫혔어요</translation>
    </message>
    <message>
        <source>the reader crashed</source>
        <translation>읽는 프로세스가 죽었어요</translation>
    </message>
    <message>
        <source>the reader stopped answering</source>
        <translation>읽는 프로세스가 응답을 멈췄어요</translation>
    </message>
    <message>
        <source>processes cannot share memory here ({0}): make /dev/shm writable, with {1} MB free (in a container, --shm-size=64m)</source>
        <translation>여기서는 프로세스끼리 메모리를 나눌 수 없어요({0}). /dev/shm에 쓸 수 있게 하고 {1} MB를 비워 주세요(컨테이너에서는 --shm-size=64m)</translation>
    </message>
    <message>
        <source>there is no recording {0}</source>
        <translation>{0} 녹화가 없어요</translation>
    </message>
    <message>
        <source>the recording {0}</source>
        <translation>{0} 녹화</translation>
    </message>
    <message>
        <source>the recording {0} is empty</source>
        <translation>{0} 녹화가 비어 있어요</translation>
    </message>
    <message>
        <source>the recording {0} holds no events</source>
        <translation>{0} 녹화에 이벤트가 없어요</translation>
    </message>
    <message>
        <source>the recording {0} holds no times</source>
        <translation>{0} 녹화에 시간이 적혀 있지 않아요</translation>
    </message>
    <message>
        <source>the recording {0} is damaged: {1}</source>
        <translation>{0} 녹화가 손상됐어요: {1}</translation>
    </message>
    <message>
        <source>the recording {0} cannot be opened: {1}</source>
        <translation>{0} 녹화를 열 수 없어요: {1}</translation>
    </message>
    <message>
        <source>cannot read the recording {0}: {1}</source>
        <translation>{0} 녹화를 읽을 수 없어요: {1}</translation>
    </message>
    <message>
        <source>its header should have {0} bytes, and the file has {1}</source>
        <translation>머리말은 {0}바이트여야 하는데 파일이 {1}바이트예요</translation>
    </message>
    <message>
        <source>its header is damaged, {0}</source>
        <translation>머리말이 손상됐어요({0})</translation>
    </message>
    <message>
        <source>its header has no end</source>
        <translation>머리말의 끝이 없어요</translation>
    </message>
    <message>
        <source>its header is not its own</source>
        <translation>머리말이 이 파일의 것이 아니에요</translation>
    </message>
    <message>
        <source>it has no header of NumPy</source>
        <translation>NumPy 머리말이 없어요</translation>
    </message>
    <message>
        <source>no event can be read</source>
        <translation>읽을 수 있는 이벤트가 없어요</translation>
    </message>
    <message>
        <source>its times reach from {0} us to {1} us</source>
        <translation>시간이 {0} µs부터 {1} µs까지예요</translation>
    </message>
    <message>
        <source>expected a number at byte {0} of {1}</source>
        <translation>{1}바이트 중 {0}번째에 숫자가 있어야 해요</translation>
    </message>
    <message>
        <source>expected places inside the data</source>
        <translation>위치가 데이터 안에 있어야 해요</translation>
    </message>
    <message>
        <source>the recording {0} has no event stream, only {1}</source>
        <translation>{0} 녹화에 이벤트 스트림이 없어요. 있는 것: {1}</translation>
    </message>
    <message>
        <source>the recording {0} has no stream {1}, only {2}</source>
        <translation>{0} 녹화에 스트림 {1}이(가) 없어요. 있는 것: {2}</translation>
    </message>
    <message>
        <source>the stream {0} of {1} holds no events</source>
        <translation>{1} 녹화의 스트림 {0}에 이벤트가 없어요</translation>
    </message>
    <message>
        <source>plays stream {0}, not {1}</source>
        <translation>재생하는 스트림: {0}. 나머지: {1}</translation>
    </message>
    <message>
        <source>expected a recording, but {0} is a folder</source>
        <translation>녹화가 아니라 폴더예요: {0}</translation>
    </message>
    <message>
        <source>expected a recording, but {0} is not an ordinary file</source>
        <translation>보통 파일이 아니라서 녹화로 열 수 없어요: {0}</translation>
    </message>
    <message>
        <source>expected a recording of {0}, but {1} is {2}: convert it first</source>
        <translation>{1} 파일은 {0} 녹화가 아니에요({2}). 먼저 변환해 주세요</translation>
    </message>
    <message>
        <source>expected a recording of {0}, but {1} begins with {2}</source>
        <translation>{1} 파일은 {0} 녹화가 아니에요. 파일이 이렇게 시작해요: {2}</translation>
    </message>
    <message>
        <source>expected AEDAT {0}, but {1} is of version {2}</source>
        <translation>AEDAT {0} 버전만 읽어요. {1} 파일의 버전: {2}</translation>
    </message>
    <message>
        <source>expected AEDAT 3 in RAW format, but {0} has {1}</source>
        <translation>AEDAT 3은 RAW 형식만 읽어요. {0} 파일의 형식: {1}</translation>
    </message>
    <message>
        <source>expected a DAT recording with events of {0} bytes, but {1} has type and size {2}</source>
        <translation>DAT 녹화는 이벤트가 {0}바이트여야 해요. {1} 파일의 종류와 크기: {2}</translation>
    </message>
    <message>
        <source>expected a RAW recording of EVT 2, 2.1 or 3, but {0} is of version {1}</source>
        <translation>RAW 녹화는 EVT 2, 2.1, 3만 읽어요. {0} 파일의 버전: {1}</translation>
    </message>
    <message>
        <source>AEDAT, Prophesee RAW or DAT, HDF5, NumPy</source>
        <translation>AEDAT, Prophesee RAW나 DAT, HDF5, NumPy</translation>
    </message>
    <message>
        <source>File is not a zip file</source>
        <translation>zip 파일이 아니에요</translation>
    </message>
    <message>
        <source>Unable to synchronously open file</source>
        <translation>HDF5 파일로 열 수 없어요</translation>
    </message>
    <message>
        <source>an ES file</source>
        <translation>ES 파일</translation>
    </message>
    <message>
        <source>a ROS bag</source>
        <translation>ROS bag 파일</translation>
    </message>
    <message>
        <source>an MCAP file of ROS 2</source>
        <translation>ROS 2의 MCAP 파일</translation>
    </message>
    <message>
        <source>an SQLite file, perhaps a bag of ROS 2</source>
        <translation>SQLite 파일, 아마도 ROS 2 bag</translation>
    </message>
    <message>
        <source>a MATLAB file</source>
        <translation>MATLAB 파일</translation>
    </message>
    <message>
        <source>packed with gzip</source>
        <translation>gzip 압축 파일</translation>
    </message>
    <message>
        <source>packed with 7-Zip</source>
        <translation>7-Zip 압축 파일</translation>
    </message>
    <message>
        <source>a Python pickle</source>
        <translation>Python 피클 파일</translation>
    </message>
    <message>
        <source>packed with bzip2</source>
        <translation>bzip2 압축 파일</translation>
    </message>
    <message>
        <source>the recording {0} is packed with HDF5 filter {1}, which is not installed: pip install hdf5plugin</source>
        <translation>{0} 녹화를 압축한 HDF5 필터 {1}번이 설치되어 있지 않아요: pip install hdf5plugin</translation>
    </message>
    <message>
        <source>the recording {0} is packed with Prophesee&apos;s own codec, which is not read here: convert it to RAW or DAT with Metavision</source>
        <translation>{0} 녹화는 Prophesee 전용 방식으로 압축되어 여기서 읽을 수 없어요. Metavision으로 RAW나 DAT로 변환해 주세요</translation>
    </message>
    <message>
        <source>the recording {0} is packed and {1} GB long: save it with numpy.savez instead of savez_compressed</source>
        <translation>{0} 녹화는 압축되어 있고 {1} GB나 돼요. savez_compressed 대신 numpy.savez로 저장해 주세요</translation>
    </message>
    <message>
        <source>expected numbers in {0}, but it holds Python objects</source>
        <translation>{0} 파일에 숫자가 아니라 Python 객체가 들어 있어요</translation>
    </message>
    <message>
        <source>expected arrays of t, x, y and p in {0}, found {1}</source>
        <translation>{0} 파일에 t, x, y, p 배열이 있어야 해요. 있는 것: {1}</translation>
    </message>
    <message>
        <source>expected a sensor out of {0} or a size such as 346x260, got {1}</source>
        <translation>센서 이름({0})이나 346x260 같은 크기를 적어 주세요. 적힌 것: {1}</translation>
    </message>
    <message>
        <source>{0} names no sensor that we know, and its events reach pixel ({1}, {2}) or beyond</source>
        <translation>{0}: 아는 센서가 적혀 있지 않고, 이벤트가 픽셀 ({1}, {2})나 그 너머까지 있어요</translation>
    </message>
    <message>
        <source>{0}, taken as {1} by its events (--sensor says it)</source>
        <translation>{0}. 이벤트를 보고 {1}(으)로 여겨요(--sensor로 정할 수 있어요)</translation>
    </message>
    <message>
        <source>its chip {0} is not known</source>
        <translation>모르는 칩({0})이에요</translation>
    </message>
    <message>
        <source>its sensor {0} is not known</source>
        <translation>모르는 센서({0})예요</translation>
    </message>
    <message>
        <source>it names no chip</source>
        <translation>칩 이름이 없어요</translation>
    </message>
    <message>
        <source>it names no sensor</source>
        <translation>센서 이름이 없어요</translation>
    </message>
    <message>
        <source>its description gives no sensor size</source>
        <translation>설명에 센서 크기가 없어요</translation>
    </message>
    <message>
        <source>the last event is half-written</source>
        <translation>마지막 이벤트가 쓰다 말았어요</translation>
    </message>
    <message>
        <source>the last packet is half-written</source>
        <translation>마지막 묶음이 쓰다 말았어요</translation>
    </message>
    <message>
        <source>damaged places skipped: {0}</source>
        <translation>건너뛴 손상된 곳: {0}</translation>
    </message>
    <message>
        <source>damaged places skipped: {0} ({1} bytes and {2} s are missing)</source>
        <translation>건너뛴 손상된 곳: {0}({1}바이트, {2}초가 빠졌어요)</translation>
    </message>
    <message>
        <source>damaged blocks skipped: {0} of {1}</source>
        <translation>건너뛴 손상된 블록: {1}개 중 {0}개</translation>
    </message>
    <message>
        <source>its end is missing or damaged, played as far as it goes</source>
        <translation>끝부분이 없거나 손상되어 읽을 수 있는 데까지 재생해요</translation>
    </message>
    <message>
        <source>{0} events came too fast when it was recorded and are missing</source>
        <translation>녹화할 때 너무 빨리 온 이벤트 {0}개가 빠졌어요</translation>
    </message>
    <message>
        <source>events outside the {0} sensor left out: {1}</source>
        <translation>{0} 센서 밖이라 뺀 이벤트: {1}</translation>
    </message>
    <message>
        <source>events with a wrong time left out: {0}</source>
        <translation>시간이 틀려 뺀 이벤트: {0}</translation>
    </message>
    <message>
        <source>steps back in time put in order: {0}</source>
        <translation>시간이 뒤로 가서 바로잡은 곳: {0}</translation>
    </message>
    <message>
        <source>new beginnings of the clock: {0}</source>
        <translation>시계가 새로 시작한 횟수: {0}</translation>
    </message>
    <message>
        <source>its columns are taken as {0}</source>
        <translation>열을 {0} 순서로 여겨요</translation>
    </message>
    <message>
        <source>its times are taken as milliseconds</source>
        <translation>시간을 밀리초로 여겨요</translation>
    </message>
    <message>
        <source>its times are taken as seconds</source>
        <translation>시간을 초로 여겨요</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>폴더예요</translation>
    </message>
    <message>
        <source>there is no folder {0} to write {1} to</source>
        <translation>{1} 파일을 쓸 폴더 {0}이(가) 없어요</translation>
    </message>
    <message>
        <source>expected a file name that ends in {0}, got {1}</source>
        <translation>파일 이름이 {0}(으)로 끝나야 해요. 적힌 것: {1}</translation>
    </message>
    <message>
        <source>expected events in time order to write to {0}, but time goes back</source>
        <translation>{0}에 쓰는 이벤트의 시간이 뒤로 가요</translation>
    </message>
    <message>
        <source>expected events inside the {0} sensor to write to {1}, got some outside</source>
        <translation>{1}에 쓰는 이벤트 일부가 {0} 센서 밖에 있어요</translation>
    </message>
    <message>
        <source>expected polarities 0 and 1 to write to {0}, got others</source>
        <translation>{0}에 쓰는 이벤트의 극성은 0과 1이어야 하는데 다른 것이 있어요</translation>
    </message>
    <message>
        <source>expected a model file, but {0} does not exist</source>
        <translation>{0} 모델 파일이 없어요</translation>
    </message>
    <message>
        <source>expected a model file, but {0} is {1}</source>
        <translation>모델 파일이 아니라 {1}예요: {0}</translation>
    </message>
    <message>
        <source>a folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>not an ordinary file</source>
        <translation>보통이 아닌 파일</translation>
    </message>
    <message>
        <source>expected a model file of at most {0} bytes, got {1}</source>
        <translation>모델 파일은 {0}바이트까지예요: {1}</translation>
    </message>
    <message>
        <source>expected a model file of this program, got the NIR graph {0}, which can only be run: recognize, evaluate and the window take it</source>
        <translation>이 프로그램의 모델 파일이 필요해요. NIR 그래프 {0}은(는) 실행만 할 수 있어요(recognize, evaluate, 창에서)</translation>
    </message>
    <message>
        <source>the model file {0} is damaged or not a model</source>
        <translation>{0} 모델 파일이 손상됐거나 모델이 아니에요</translation>
    </message>
    <message>
        <source>the model file {0} is damaged: its checksum does not fit its weights</source>
        <translation>{0} 모델 파일이 손상됐어요. 체크섬이 가중치와 맞지 않아요</translation>
    </message>
    <message>
        <source>the model file {0} is damaged: its checksum does not fit its description</source>
        <translation>{0} 모델 파일이 손상됐어요. 체크섬이 설명과 맞지 않아요</translation>
    </message>
    <message>
        <source>the model file {0} holds weights that are no numbers, in {1}</source>
        <translation>{0} 모델 파일의 {1} 가중치에 숫자가 아닌 값이 있어요</translation>
    </message>
    <message>
        <source>{0} is not a Spikehand model of format {1}</source>
        <translation>{0} 파일은 형식 {1}의 Spikehand 모델이 아니에요</translation>
    </message>
    <message>
        <source>the model {0} does not fit this program: {1}</source>
        <translation>{0} 모델은 이 프로그램에 맞지 않아요: {1}</translation>
    </message>
    <message>
        <source>the model&apos;s weights do not fit its system: {0}</source>
        <translation>모델의 가중치가 그 시스템에 맞지 않아요: {0}</translation>
    </message>
    <message>
        <source>the model&apos;s weights do not fit its system: no {0}</source>
        <translation>모델의 가중치가 그 시스템에 맞지 않아요. 없는 것: {0}</translation>
    </message>
    <message>
        <source>the model&apos;s numbers do not fit its system: {0}</source>
        <translation>모델의 숫자가 그 시스템에 맞지 않아요: {0}</translation>
    </message>
    <message>
        <source>cannot read the NIR file {0}: {1}</source>
        <translation>{0} NIR 파일을 읽을 수 없어요: {1}</translation>
    </message>
    <message>
        <source>expected a NIR file of at most {0} bytes, got {1}</source>
        <translation>NIR 파일은 {0}바이트까지예요: {1}</translation>
    </message>
    <message>
        <source>expected one {0} in the graph {1}, got {2}</source>
        <translation>그래프 {1}에 {0}이(가) 하나여야 해요: {2}</translation>
    </message>
    <message>
        <source>expected edges between the nodes of the graph, got one of {0}</source>
        <translation>연결은 그래프의 노드 사이에 있어야 해요: {0}</translation>
    </message>
    <message>
        <source>expected at most {0} nodes and {1} edges</source>
        <translation>노드는 {0}개, 연결은 {1}개까지예요</translation>
    </message>
    <message>
        <source>it took too long</source>
        <translation>너무 오래 걸렸어요</translation>
    </message>
    <message>
        <source>it is damaged, or no HDF5 file</source>
        <translation>손상됐거나 HDF5 파일이 아니에요</translation>
    </message>
    <message>
        <source>it is damaged, its reader took too long or died of it</source>
        <translation>손상되어 읽기가 너무 오래 걸렸거나 읽는 프로세스가 죽었어요</translation>
    </message>
    <message>
        <source>it has no group {0}, as NIR has</source>
        <translation>NIR에 있어야 하는 {0} 그룹이 없어요</translation>
    </message>
    <message>
        <source>its groups lie too deep in each other</source>
        <translation>그룹이 너무 깊이 들어 있어요</translation>
    </message>
    <message>
        <source>it holds more than {0} things</source>
        <translation>들어 있는 것이 {0}개가 넘어요</translation>
    </message>
    <message>
        <source>it holds more than {0} bytes or {1} texts</source>
        <translation>{0}바이트나 글 {1}개보다 많이 들어 있어요</translation>
    </message>
    <message>
        <source>it holds a text of {0} letters</source>
        <translation>{0}자나 되는 글이 들어 있어요</translation>
    </message>
    <message>
        <source>{0} lies in another file</source>
        <translation>{0}이(가) 다른 파일에 있어요</translation>
    </message>
    <message>
        <source>{0} is of the type {1}</source>
        <translation>{0}의 종류가 {1}예요</translation>
    </message>
    <message>
        <source>the graph was changed since this program wrote it: another checksum</source>
        <translation>이 프로그램이 쓴 뒤에 그래프가 바뀌었어요(체크섬이 달라요)</translation>
    </message>
    <message>
        <source>expected a graph of system {0}, got one of {1}</source>
        <translation>{0} 시스템의 그래프여야 하는데 {1}의 것이에요</translation>
    </message>
    <message>
        <source>expected a graph of the network {0}: {1}</source>
        <translation>신경망 {0}의 그래프여야 해요: {1}</translation>
    </message>
    <message>
        <source>expected a NIR graph of nodes and edges, but {0} is amiss</source>
        <translation>노드와 연결로 된 NIR 그래프여야 하는데 {0}이(가) 잘못됐어요</translation>
    </message>
    <message>
        <source>expected a graph with one {0}, got {1}</source>
        <translation>그래프에 {0}이(가) 하나여야 해요: {1}</translation>
    </message>
    <message>
        <source>expected a way from the input of the graph to its output {0}</source>
        <translation>그래프의 입력에서 출력 {0}까지 이어져야 해요</translation>
    </message>
    <message>
        <source>expected an Input node with a shape</source>
        <translation>모양이 적힌 Input 노드가 있어야 해요</translation>
    </message>
    <message>
        <source>expected an input of one or two polarities on a square of at most {0} x {1}, got the shape {2}</source>
        <translation>입력은 극성 하나나 둘, {0} x {1} 이하의 정사각형이어야 해요. 모양: {2}</translation>
    </message>
    <message>
        <source>cannot run {0}, only {1}</source>
        <translation>{0}은(는) 실행할 수 없어요. 실행할 수 있는 것: {1}</translation>
    </message>
    <message>
        <source>cannot run {0}: it has no {1}</source>
        <translation>{0}에 {1}이(가) 없어서 실행할 수 없어요</translation>
    </message>
    <message>
        <source>cannot run {0}: {1}</source>
        <translation>{0}: 실행할 수 없어요({1})</translation>
    </message>
    <message>
        <source>cannot run the graph: {0}</source>
        <translation>그래프를 실행할 수 없어요: {0}</translation>
    </message>
    <message>
        <source>cannot run the graph: up to its node {0} it takes more than {1} multiplications or {2} values a tick</source>
        <translation>그래프를 실행할 수 없어요. 노드 {0}까지 틱마다 곱셈 {1}번이나 값 {2}개보다 많이 들어요</translation>
    </message>
    <message>
        <source>cannot tell how long a tick of the graph is: {0}</source>
        <translation>그래프의 틱이 얼마나 긴지 알 수 없어요: {0}</translation>
    </message>
    <message>
        <source>the node {0} of the type {1}</source>
        <translation>종류가 {1}인 노드 {0}</translation>
    </message>
    <message>
        <source>the node {0} holds values that are no numbers, in {1}</source>
        <translation>노드 {0}의 {1}에 숫자가 아닌 값이 있어요</translation>
    </message>
    <message>
        <source>the shapes that meet at the node {0} differ: {1}</source>
        <translation>노드 {0}에서 만나는 모양이 달라요: {1}</translation>
    </message>
    <message>
        <source>nothing reaches the node {0} of the graph</source>
        <translation>그래프의 노드 {0}에 아무것도 이어지지 않아요</translation>
    </message>
    <message>
        <source>expected a tick that divides {0} us, got {1} us</source>
        <translation>틱이 {0} µs를 나누어야 해요. 틱: {1} µs</translation>
    </message>
    <message>
        <source>expected a network of the system {0}, got {1}</source>
        <translation>{0} 시스템의 신경망이어야 해요: {1}</translation>
    </message>
    <message>
        <source>expected a name of 1 to 40 letters, got {0}</source>
        <translation>이름은 1~40자여야 해요. 적힌 것: {0}</translation>
    </message>
    <message>
        <source>expected a name that the network does not know yet, got {0}</source>
        <translation>신경망이 이미 아는 이름이에요: {0}</translation>
    </message>
    <message>
        <source>expected a gesture that the network knows, got {0}</source>
        <translation>신경망이 모르는 동작이에요: {0}</translation>
    </message>
    <message>
        <source>expected a taught gesture, got {0}</source>
        <translation>가르친 동작이 아니에요: {0}</translation>
    </message>
    <message>
        <source>cannot forget {0}, of which another class is the mirror image</source>
        <translation>거울상인 다른 동작이 있어서 {0} 동작을 잊을 수 없어요</translation>
    </message>
    <message>
        <source>expected at most {0} taught gestures</source>
        <translation>동작은 {0}개까지 가르칠 수 있어요</translation>
    </message>
    <message>
        <source>expected at least {0} ticks of a gesture, got {1}</source>
        <translation>동작이 너무 짧아요. {0}틱이 필요한데 {1}틱이에요</translation>
    </message>
    <message>
        <source>expected what a network rehearses in {0}: {1}</source>
        <translation>{0}에 신경망이 복습할 것이 있어야 해요: {1}</translation>
    </message>
    <message>
        <source>expected a network that {0} was made with, got another one: make it anew with teach --rehearse</source>
        <translation>{0}은(는) 다른 신경망으로 만든 것이에요. teach --rehearse로 새로 만들어 주세요</translation>
    </message>
    <message>
        <source>this machine is too slow: it computes at {0}x real time, so much of the stream is lost, and decisions with it</source>
        <translation>이 컴퓨터가 너무 느려요. 실제 시간의 {0}배로 계산해서 이벤트와 결정을 많이 잃어요</translation>
    </message>
    <message>
        <source>a smaller system may keep up</source>
        <translation>작은 시스템은 따라갈지도 몰라요</translation>
    </message>
    <message>
        <source>{0} stopped unexpectedly ({1})</source>
        <translation>{0}: 뜻밖에 멈췄어요({1})</translation>
    </message>
    <message>
        <source>recording</source>
        <translation>녹화</translation>
    </message>
    <message>
        <source>the film</source>
        <translation>영상</translation>
    </message>
    <message>
        <source>opening the source</source>
        <translation>소스 열기</translation>
    </message>
    <message>
        <source>reading the source</source>
        <translation>소스 읽기</translation>
    </message>
    <message>
        <source>closing the source</source>
        <translation>소스 닫기</translation>
    </message>
    <message>
        <source>surveying the recording</source>
        <translation>녹화 훑어보기</translation>
    </message>
    <message>
        <source>loading {0}</source>
        <translation>{0} 불러오기</translation>
    </message>
    <message>
        <source>recognition by {0}</source>
        <translation>{0} 인식</translation>
    </message>
    <message>
        <source>learning</source>
        <translation>배우기</translation>
    </message>
    <message>
        <source>expected a crop (x, y, width, height) inside the {0} sensor, got {1}</source>
        <translation>자르기(x, y, 너비, 높이)는 {0} 센서 안이어야 해요: {1}</translation>
    </message>
    <message>
        <source>expected a region (x, y, width, height) inside the {0} sensor, got {1}</source>
        <translation>영역(x, y, 너비, 높이)은 {0} 센서 안이어야 해요: {1}</translation>
    </message>
    <message>
        <source>{0}, so it is left out</source>
        <translation>{0}. 그래서 뺐어요</translation>
    </message>
    <message>
        <source>expected the library av, which writes films</source>
        <translation>영상을 쓰는 av 라이브러리가 있어야 해요</translation>
    </message>
    <message>
        <source>the packed program comes without it, a checkout of the source has it</source>
        <translation>묶음 프로그램에는 없고 소스에는 있어요</translation>
    </message>
    <message>
        <source>expected a name that ends in .mp4 or .gif, got {0}</source>
        <translation>이름이 .mp4나 .gif로 끝나야 해요. 적힌 것: {0}</translation>
    </message>
    <message>
        <source>expected pictures for a film, but none came</source>
        <translation>영상에 담을 화면이 오지 않았어요</translation>
    </message>
    <message>
        <source>the disk took no more</source>
        <translation>디스크가 더 받지 않아요</translation>
    </message>
    <message>
        <source>expected x, y, width and height in whole sensor pixels, got {0}</source>
        <translation>센서 픽셀 단위의 정수 x, y, 너비, 높이를 적어 주세요. 적힌 것: {0}</translation>
    </message>
    <message>
        <source>expected a time of day such as 04:00, got {0}</source>
        <translation>04:00 같은 시각을 적어 주세요. 적힌 것: {0}</translation>
    </message>
    <message>
        <source>expected NAME=VALUE such as diff_on=500, got {0}</source>
        <translation>diff_on=500 같은 이름=값을 적어 주세요. 적힌 것: {0}</translation>
    </message>
    <message>
        <source>expected SERIAL:NAME=VALUE such as 00000279:diff_on=500, got {0}</source>
        <translation>00000279:diff_on=500 같은 일련번호:이름=값을 적어 주세요. 적힌 것: {0}</translation>
    </message>
    <message>
        <source>expected greater than or equal to {0}, got {1}</source>
        <translation>{0} 이상이어야 해요. 적힌 것: {1}</translation>
    </message>
    <message>
        <source>expected less than or equal to {0}, got {1}</source>
        <translation>{0} 이하여야 해요. 적힌 것: {1}</translation>
    </message>
    <message>
        <source>expected a valid integer, got {0}</source>
        <translation>정수여야 해요. 적힌 것: {0}</translation>
    </message>
    <message>
        <source>expected a valid number, got {0}</source>
        <translation>숫자여야 해요. 적힌 것: {0}</translation>
    </message>
    <message>
        <source>expected a valid string, got {0}</source>
        <translation>글이어야 해요. 적힌 것: {0}</translation>
    </message>
    <message>
        <source>expected a valid boolean, got {0}</source>
        <translation>참이나 거짓이어야 해요. 적힌 것: {0}</translation>
    </message>
    <message>
        <source>expected a JSON object, got {0}</source>
        <translation>JSON 객체여야 해요. 적힌 것: {0}</translation>
    </message>
    <message>
        <source>{0} in the settings file {1}: {2}</source>
        <translation>설정 파일 {1}의 {0}: {2}</translation>
    </message>
    <message>
        <source>not known to this version</source>
        <translation>이 버전이 모르는 설정이에요</translation>
    </message>
    <message>
        <source>it is ignored</source>
        <translation>무시해요</translation>
    </message>
    <message>
        <source>it is left out</source>
        <translation>빼고 써요</translation>
    </message>
    <message>
        <source>the default is used</source>
        <translation>기본값을 써요</translation>
    </message>
    <message>
        <source>the defaults are used</source>
        <translation>기본값을 써요</translation>
    </message>
    <message>
        <source>and {0} more faults in {1}</source>
        <translation>{1}에 잘못된 곳이 {0}개 더 있어요</translation>
    </message>
    <message>
        <source>cannot read the settings file {0}: {1}</source>
        <translation>설정 파일 {0}을(를) 읽을 수 없어요: {1}</translation>
    </message>
    <message>
        <source>cannot write the settings file {0}: {1}</source>
        <translation>설정 파일 {0}에 쓸 수 없어요: {1}</translation>
    </message>
    <message>
        <source>the settings file {0} is empty</source>
        <translation>설정 파일 {0}이(가) 비어 있어요</translation>
    </message>
    <message>
        <source>the settings file {0} holds no JSON object</source>
        <translation>설정 파일 {0}에 JSON 객체가 없어요</translation>
    </message>
    <message>
        <source>the settings file {0} is not JSON: {1}</source>
        <translation>설정 파일 {0}이(가) JSON이 아니에요: {1}</translation>
    </message>
    <message>
        <source>the settings file {0} is not UTF-8: {1}</source>
        <translation>설정 파일 {0}이(가) UTF-8이 아니에요: {1}</translation>
    </message>
    <message>
        <source>no settings are kept, as {0}</source>
        <translation>설정을 저장하지 않아요. {0}</translation>
    </message>
    <message>
        <source>this account has no home folder: set HOME to a folder that it can write</source>
        <translation>이 계정에 홈 폴더가 없어요. HOME을 쓸 수 있는 폴더로 정해 주세요</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>그런 파일이나 폴더가 없어요</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>권한이 없어요</translation>
    </message>
    <message>
        <source>Operation not permitted</source>
        <translation>허용되지 않아요</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>디스크가 가득 찼어요</translation>
    </message>
    <message>
        <source>Disk quota exceeded</source>
        <translation>디스크 할당량을 넘었어요</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>읽기 전용 디스크예요</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>디스크를 읽거나 쓰다 오류가 났어요</translation>
    </message>
    <message>
        <source>Stale file handle</source>
        <translation>네트워크 드라이브의 연결이 끊겼어요</translation>
    </message>
    <message>
        <source>No such device</source>
        <translation>기기가 없어요</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>파일 이름이 너무 길어요</translation>
    </message>
    <message>
        <source>File too large</source>
        <translation>파일이 너무 커요</translation>
    </message>
    <message>
        <source>Too many open files</source>
        <translation>열린 파일이 너무 많아요</translation>
    </message>
    <message>
        <source>Cannot allocate memory</source>
        <translation>메모리가 모자라요</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>폴더예요</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>폴더가 아니에요</translation>
    </message>
    <message>
        <source>Connection refused</source>
        <translation>연결을 거절했어요</translation>
    </message>
    <message>
        <source>Connection reset by peer</source>
        <translation>상대가 연결을 끊었어요</translation>
    </message>
    <message>
        <source>Connection timed out</source>
        <translation>연결 시간이 지났어요</translation>
    </message>
    <message>
        <source>Network is unreachable</source>
        <translation>네트워크에 닿지 않아요</translation>
    </message>
    <message>
        <source>No route to host</source>
        <translation>그 주소로 가는 길이 없어요</translation>
    </message>
    <message>
        <source>Address already in use</source>
        <translation>이미 쓰고 있는 주소예요</translation>
    </message>
    <message>
        <source>Cannot assign requested address</source>
        <translation>이 컴퓨터에 없는 주소예요</translation>
    </message>
</context>
</TS>
